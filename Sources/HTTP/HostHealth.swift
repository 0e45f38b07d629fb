/// Whether a host can be reached at all. Where two requests show that it cannot, no further one has to find that out. Decides, and sends
/// nothing.
package struct HostHealth: Sendable {
  /// What a request shows.
  package enum Sign: Hashable, Sendable {
    /// It answered, whatever it said.
    case answer
    /// Not a byte within the time there was.
    case silence(host: String, seconds: Int)
    /// No connection, for a reason that another try will not change.
    case unreachable(HTTPError)
    /// Neither.
    case none
  }

  private var hasAnswered = false
  private var failureCount = 0
  /// When the first request failed after the last answer.
  private var failingSince: ContinuousClock.Instant?
  /// What every further request fails with.
  package private(set) var downError: HTTPError?

  /// Failures in a row, for a host that answered nothing yet.
  private static let limitForStrangers = 2
  /// For one that did.
  private static let limitForOthers = 4

  package init() {}

  /// - Parameter start: when the request was sent. One that was under way already when the first one failed says no more than that one, of
  ///   a host that answered before: it may have been slow for a moment.
  package mutating func note(_ sign: Sign, start: ContinuousClock.Instant, now: ContinuousClock.Instant) {
    guard downError == nil else { return }
    switch sign {
    case .none: break
    case .answer:
      hasAnswered = true
      failureCount = 0
      failingSince = nil
    case .silence(let host, let seconds):
      if fails(start, now) { downError = .silent(host: host, seconds: seconds, count: failureCount) }
    case .unreachable(let error):
      if fails(start, now) { downError = error }
    }
  }

  /// Counts a failure; whether it was one too many.
  private mutating func fails(_ start: ContinuousClock.Instant, _ now: ContinuousClock.Instant) -> Bool {
    failureCount += 1
    let since = failingSince ?? now
    failingSince = since
    return hasAnswered ? failureCount >= Self.limitForOthers && start >= since : failureCount >= Self.limitForStrangers
  }
}
