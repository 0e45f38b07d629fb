/// How often, and with what pauses, a request is tried again.
package struct RetryPolicy: Hashable, Sendable {
  package var maximumTries: Int
  /// The pause after the first try is a random part of this; the bound doubles with each further try.
  package var firstWait: Duration
  /// The bound grows no further than this. A host's Retry-After can ask for more.
  package var longestWait: Duration
  /// From the start of the first try: no pause is begun that would end later.
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

/// The tries of one request: decides after each what comes next. Neither sleeps nor sends.
package struct RetrySchedule: Sendable {
  package enum Outcome: Hashable, Sendable {
    case answer(status: Int, retryAfterSeconds: Int?)
    /// No answer, and another try would fare no better.
    case permanentFailure
    /// No answer, for a reason that may pass. A request that was not sent can be repeated whatever its method.
    case transientFailure(wasSent: Bool)
  }

  package enum Step: Hashable, Sendable {
    /// The outcome stands.
    case finish
    case wait(Duration)
    case rateLimited(retryAfterSeconds: Int)
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
  ///   - elapsed: since the start of the first try.
  ///   - jitter: a random number from 0 to 1.
  package mutating func step(after outcome: Outcome, elapsed: Duration, jitter: Double) -> Step {
    tryCount += 1
    guard mayRepeat(outcome) else { return .finish }
    let left = policy.budget - elapsed
    var wait = min(policy.firstWait * (1 << min(tryCount - 1, 30)), policy.longestWait) * min(max(jitter, 0), 1)
    if case .answer(429, let seconds?) = outcome, .seconds(seconds) > left { return .rateLimited(retryAfterSeconds: seconds) }
    if case .answer(503, let seconds?) = outcome, .seconds(seconds) > left { return .rateLimited(retryAfterSeconds: seconds) }
    if case .answer(403, let seconds?) = outcome, .seconds(seconds) > left { return .rateLimited(retryAfterSeconds: seconds) }
    if case .answer(_, let seconds?) = outcome { wait = max(wait, .seconds(seconds)) }
    return tryCount < policy.maximumTries && wait <= left ? .wait(wait) : .finish
  }

  private func mayRepeat(_ outcome: Outcome) -> Bool {
    switch outcome {
    case .answer(429, _), .answer(503, _): true
    // GitHub's way to limit the rate; without a time it is a refusal.
    case .answer(403, let seconds): seconds != nil
    case .answer(408, _), .answer(500, _), .answer(502, _), .answer(504, _): isIdempotent
    case .answer, .permanentFailure: false
    case .transientFailure(let wasSent): isIdempotent || !wasSent
    }
  }
}
