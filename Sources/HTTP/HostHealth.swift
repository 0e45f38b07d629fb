/// Whether a host can be used at all. Where some requests show that it cannot, no further one has to find that out. Decides, and sends
/// nothing.
package struct HostHealth: Sendable {
  /// What a request shows.
  package enum Sign: Hashable, Sendable {
    /// It answered, whatever it said. One with a body shows, too, that it ends the answers that it begins.
    case answer(hasBody: Bool)
    /// Not a byte within the time there was.
    case silence(host: String, seconds: Int)
    /// An answer began, and did not end within the time there was.
    case unfinished(host: String, seconds: Int)
    /// No connection, for a reason that another try will not change.
    case unreachable(HTTPError)
    /// Neither.
    case none
  }

  /// Failures in a row.
  private struct Row {
    private(set) var count = 0
    /// When the first of them came.
    private var since: ContinuousClock.Instant?

    /// - Parameter start: when the request was sent. One that was under way already when the first one failed says no more than that one,
    ///   of a host that answered before: it may have been slow for a moment.
    /// - Returns: whether it was one too many.
    mutating func fails(_ start: ContinuousClock.Instant, _ now: ContinuousClock.Instant, ofStranger isStranger: Bool) -> Bool {
      count += 1
      let first = since ?? now
      since = first
      return isStranger ? count >= HostHealth.limitForStrangers : count >= HostHealth.limitForOthers && start >= first
    }
  }

  private var hasAnswered = false
  /// Without an answer.
  private var unanswered = Row()
  /// With one that did not end.
  private var unfinished = Row()
  /// What every further request fails with.
  package private(set) var downError: HTTPError?

  /// Failures in a row, for a host that answered nothing yet.
  private static let limitForStrangers = 2
  /// For one that did.
  private static let limitForOthers = 4

  package init() {}

  /// - Parameter start: when the request was sent.
  package mutating func note(_ sign: Sign, start: ContinuousClock.Instant, now: ContinuousClock.Instant) {
    guard downError == nil else { return }
    switch sign {
    case .none: break
    case .answer(let hasBody):
      hasAnswered = true
      unanswered = Row()
      if hasBody { unfinished = Row() }
    case .silence(let host, let seconds):
      if unanswered.fails(start, now, ofStranger: !hasAnswered) {
        downError = .silent(host: host, seconds: seconds, count: unanswered.count)
      }
    case .unfinished(let host, let seconds):
      hasAnswered = true
      unanswered = Row()
      if unfinished.fails(start, now, ofStranger: false) {
        downError = .unfinished(host: host, seconds: seconds, count: unfinished.count)
      }
    case .unreachable(let error):
      if unanswered.fails(start, now, ofStranger: !hasAnswered) { downError = error }
    }
  }
}
