/// Holds whoever arrives until it is opened, or until so many have arrived.
package actor Gate {
  private var isOpen = false
  private var arrivals = 0
  private let capacity: Int
  private var held: [CheckedContinuation<Void, Never>] = []
  private var watching: [CheckedContinuation<Void, Never>] = []

  package init(for capacity: Int = .max) { self.capacity = capacity }

  package func arriveAndWait() async {
    arrivals += 1
    if arrivals == capacity { open() }
    for watcher in watching { watcher.resume() }
    watching = []
    if !isOpen { await withCheckedContinuation { held.append($0) } }
  }

  package func waitForArrival() async {
    if arrivals == 0 { await withCheckedContinuation { watching.append($0) } }
  }

  package func open() {
    isOpen = true
    for continuation in held { continuation.resume() }
    held = []
  }
}
