import Synchronization

/// A clock that stands still until it is set forward.
final class TestClock: Sendable {
  private let instant = Mutex(ContinuousClock.now)

  var now: ContinuousClock.Instant { instant.withLock { $0 } }

  func advance(_ seconds: Int) { instant.withLock { $0 += .seconds(seconds) } }
}
