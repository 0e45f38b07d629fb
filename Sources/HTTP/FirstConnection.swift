import Synchronization

/// Lets one request of a client go ahead until it is known which protocol the server speaks. Where that is HTTP/2, one connection is enough
/// for all, and async-http-client would open one for each of them meanwhile.
final class FirstConnection: Sendable {
  private enum State { case unknown, awaited, known }

  private let state = Mutex(State.unknown)
  private let line = ConcurrencyLimit(1)

  /// `settle` has to follow, at the latest when the request has ended.
  func enter() async throws(CancellationError) {
    if state.withLock({ $0 == .known }) { return }
    try await line.enter()
    let isFirst = state.withLock { state in
      guard state == .unknown else { return false }
      state = .awaited
      return true
    }
    if !isFirst { line.leave() }
  }

  /// The first request has a connection, or ended without one: then nothing is known, but the others are not held up by it any longer.
  func settle() {
    let wasAwaited = state.withLock { state in
      defer { state = .known }
      return state == .awaited
    }
    if wasAwaited { line.leave() }
  }
}
