import Synchronization

/// Whether a server lets requests begin on an open connection of HTTP/2.
final class StreamAllowance: Sendable {
  private let state = Mutex(false)

  /// It allows no request at once, so that all wait. Until the first one begins nobody knows better.
  var isNothing: Bool {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
