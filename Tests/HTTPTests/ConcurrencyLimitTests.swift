import HTTP
import Synchronization
import Testing

@Suite struct ConcurrencyLimitTests {
  @Test func `no more than the limit are inside, and everybody gets in`() async throws {
    let limit = ConcurrencyLimit(3)
    let inside = Shared((now: 0, most: 0, total: 0))
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask {
          do { try await limit.enter() } catch { return }
          inside.value.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.total + 1) }
          // Until all have come, nobody leaves: as many are inside as ever can be.
          while inside.value.withLock({ $0.total }) + limit.waiterCount < 50 { await Task.yield() }
          inside.value.withLock { $0.now -= 1 }
          limit.leave()
        }
      }
    }
    #expect(inside.value.withLock { $0 == (0, 3, 50) })
  }

  @Test func `who came first is let in first`() async throws {
    let limit = ConcurrencyLimit(1)
    try await limit.enter()
    let order = Shared<[Int]>([])
    var tasks: [Task<Void, any Error>] = []
    for number in 0..<5 {
      let task = Task {
        try await limit.enter()
        order.value.withLock { $0.append(number) }
        limit.leave()
      }
      tasks.append(task)
      while limit.waiterCount <= number { await Task.yield() }
    }
    limit.leave()
    for task in tasks { try await task.value }
    #expect(order.value.withLock { $0 } == [0, 1, 2, 3, 4])
  }

  @Test func `a cancelled task stops waiting and takes no place`() async throws {
    let limit = ConcurrencyLimit(1)
    try await limit.enter()
    let waiting = Task { try await limit.enter() }
    while limit.waiterCount == 0 { await Task.yield() }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    limit.leave()
    try await limit.enter()
    limit.leave()

    let late = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await limit.enter()
    }
    await #expect(throws: CancellationError.self) { try await late.value }
    try await limit.enter()
    limit.leave()
  }
}

/// A value that several tasks change.
final class Shared<Value: Sendable>: Sendable {
  let value: Mutex<Value>

  init(_ value: Value) { self.value = Mutex(value) }
}
