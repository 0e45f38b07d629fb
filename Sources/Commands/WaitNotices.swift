import HTTP
import Synchronization

/// Says which host limits requests, so that the run waits, and for how long. The progress line shows it; without one, each host is named
/// once when its waits add up to something.
final class WaitNotices: Sendable {
  private let messages: Messages
  private let told = Mutex<Set<String>>([])

  init(_ messages: Messages) { self.messages = messages }

  func note(host: String, _ wait: HostPace.Wait) {
    guard !messages.isQuiet else { return }
    let seconds = max(1, wait.duration.components.seconds)
    if messages.progressLine.isShown {
      guard wait.duration >= .seconds(1) else { return }
      told.withLock { _ = $0.insert(host) }
      messages.progressLine.show("\(host) limits requests: waiting \(seconds) s")
    } else if wait.total > .seconds(10), told.withLock({ $0.insert(host).inserted }) {
      messages.note("\(host) limits requests: waiting \(seconds) s, \(wait.total.components.seconds) s in all so far")
    }
  }

  /// Ends a line that was shown.
  func clear() {
    if told.withLock({ !$0.isEmpty }) { messages.progressLine.clear() }
  }
}
