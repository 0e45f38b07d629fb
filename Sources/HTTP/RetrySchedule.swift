/// How often, and with what pauses, a request is tried again.
package struct RetryPolicy: Hashable, Sendable {
  package var maximumTries: Int
  /// The pause after the first try is a random part of this; the bound doubles with each further try.
  package var firstWait: Duration
  /// The bound grows no further than this.
  package var longestWait: Duration
  /// For the tries of a request and the pauses between them: no pause is begun that would end later. Also how long a host may refuse
  /// requests (`HostPace`).
  package var budget: Duration

  package init(
    maximumTries: Int = 4, firstWait: Duration = .milliseconds(500), longestWait: Duration = .seconds(30), budget: Duration = .seconds(90)
  ) {
    self.maximumTries = maximumTries
    self.firstWait = firstWait
    self.longestWait = longestWait
    self.budget = budget
  }
}

/// The tries of one request: decides after each what comes next. Neither sleeps nor sends. A refusal because of too many requests is no
/// try: that is between all requests and the host (`HostPace`).
package struct RetrySchedule: Sendable {
  package enum Outcome: Hashable, Sendable {
    case answer(status: Int)
    /// No answer, and another try would fare no better.
    case permanentFailure
    /// No answer, for a reason that may pass. A request that was not sent can be repeated whatever its method.
    case transientFailure(wasSent: Bool)
    /// The connection broke that others used, too. It may have been their fault, and does not count as a try of this one: the host's pace
    /// sees to it that one of them is soon alone.
    case lostWithOthers(wasSent: Bool)
  }

  package enum Step: Hashable, Sendable {
    /// The outcome holds.
    case finish
    case wait(Duration)
  }

  private let policy: RetryPolicy
  private let isIdempotent: Bool
  package private(set) var tryCount = 0

  package init(policy: RetryPolicy, isIdempotent: Bool) {
    self.policy = policy
    self.isIdempotent = isIdempotent
  }

  /// Call once after each try.
  ///
  /// - Parameters:
  ///   - elapsed: what tries and pauses took so far.
  ///   - jitter: a random number from 0 to 1.
  package mutating func step(after outcome: Outcome, elapsed: Duration, jitter: Double) -> Step {
    if case .lostWithOthers = outcome {} else { tryCount += 1 }
    guard mayRepeat(outcome) else { return .finish }
    let wait = min(policy.firstWait * (1 << min(max(0, tryCount - 1), 30)), policy.longestWait) * min(max(jitter, 0), 1)
    return tryCount < policy.maximumTries && wait <= policy.budget - elapsed ? .wait(wait) : .finish
  }

  private func mayRepeat(_ outcome: Outcome) -> Bool {
    switch outcome {
    case .answer(503): true
    case .answer(408), .answer(500), .answer(502), .answer(504): isIdempotent
    case .answer, .permanentFailure: false
    case .transientFailure(let wasSent), .lostWithOthers(let wasSent): isIdempotent || !wasSent
    }
  }
}
