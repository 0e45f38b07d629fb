/// How many requests one host gets at once, and when: found out by how it answers. Decides, and neither waits nor sends.
///
/// It begins with some requests in flight, and doubles that with each round of good answers. A refusal (429, or another status with
/// Retry-After) stops everybody for a while; then one request goes ahead, and the others follow as the answers are good: up to half of what
/// the refusal met as fast as in the beginning, from there on slowly. What ends it is time: a host that does nothing but refuse for longer
/// than its budget is given up.
package struct HostPace: Sendable {
  package struct Policy: Hashable, Sendable {
    /// Requests in flight in the beginning.
    package var firstWindow = 32
    /// More are never in flight.
    package var largestWindow = 128
    /// After the first refusal that names no time. Further ones double it, each good answer makes it shorter.
    package var firstPause: Duration = .milliseconds(100)
    package var shortestPause: Duration = .milliseconds(25)
    package var longestPause: Duration = .seconds(10)
    /// How long a host may refuse, without a good answer between, before it is given up.
    package var budget: Duration = .seconds(90)

    package init() {}
  }

  /// The right to have a request in flight, to be given back with `leave`.
  package struct Pass: Hashable, Sendable { fileprivate var round: Int }

  package enum Admission: Hashable, Sendable {
    case enter(Pass)
    /// As many are in flight as may be.
    case full
    /// Nobody may begin before that.
    case closed(until: ContinuousClock.Instant)
    /// The host refused for too long, or asks to be left alone for longer than can be waited.
    case givenUp(retryAfterSeconds: Int?)
  }

  /// What became of a request.
  package enum Answer: Hashable, Sendable {
    case good
    /// nil where no time is named, or none that is a time to wait.
    case refused(retryAfterSeconds: Int?)
    /// The connection broke that others used, too: without a pause, the next request goes alone, so that it is seen whose fault that was.
    case broken
    /// It says nothing about the host's pace: no answer, or a fault of the server.
    case other
  }

  /// A time for which everybody waits.
  package struct Wait: Hashable, Sendable {
    /// From now on.
    package var duration: Duration
    /// All that was waited for this host so far, this time included.
    package var total: Duration
  }

  private enum End: Hashable {
    case forThisRun
    case until(ContinuousClock.Instant)
  }

  private let policy: Policy
  /// Requests that may be in flight.
  package private(set) var window: Int
  /// Up to here the window grows fast.
  private var ceiling: Int
  /// Those of this round that are in flight. Those of an earlier one are left to end by themselves.
  private var insideCount = 0
  /// Counts refusals, whereby a burst of them is one.
  private var round = 0
  private var goodCount = 0
  private var pause: Duration
  private var closedUntil: ContinuousClock.Instant?
  /// The first refusal after the last good answer.
  private var refusingSince: ContinuousClock.Instant?
  private var waited: Duration = .zero
  private var end: End?

  /// Good answers that a window needs, at least, before it grows beyond what was refused.
  private static let slowRound = 8

  package init(_ policy: Policy = Policy()) {
    self.policy = policy
    window = max(1, min(policy.firstWindow, policy.largestWindow))
    ceiling = window
    pause = policy.firstPause
  }

  /// Asks to send a request.
  package mutating func enter(now: ContinuousClock.Instant) -> Admission {
    switch end {
    case .forThisRun: return .givenUp(retryAfterSeconds: nil)
    case .until(let instant) where instant > now: return .givenUp(retryAfterSeconds: (instant - now).wholeSeconds)
    default: break
    }
    if let closedUntil, closedUntil > now { return .closed(until: closedUntil) }
    guard insideCount < window else { return .full }
    insideCount += 1
    return .enter(Pass(round: round))
  }

  /// Whether nobody gets in any more.
  package func isGivenUp(now: ContinuousClock.Instant) -> Bool {
    switch end {
    case .forThisRun: true
    case .until(let instant): instant > now
    case nil: false
    }
  }

  /// Whether a request that got in must not be sent any more, as the host refused another one since.
  package func isOutdated(_ pass: Pass) -> Bool { pass.round != round }

  /// Gives a pass back. The result is for whoever watches: a wait that begins with this refusal.
  ///
  /// - Parameter jitter: a random number from 0 to 1, so that several runs do not come back together.
  package mutating func leave(_ pass: Pass, after answer: Answer, now: ContinuousClock.Instant, jitter: Double) -> Wait? {
    let isOfThisRound = pass.round == round
    if isOfThisRound { insideCount -= 1 }
    switch answer {
    case .other: return nil
    case .broken:
      if isOfThisRound { shrink() }
      return nil
    case .good:
      refusingSince = nil
      if isOfThisRound { grow() }
      return nil
    case .refused(let seconds):
      let since = refusingSince ?? now
      refusingSince = since
      if isOfThisRound { shrink() }
      if let seconds, seconds > 0 { return close(until: now + .seconds(seconds), now, since, named: true) }
      guard isOfThisRound else { return nil }
      let wait = pause * (0.5 + min(max(jitter, 0), 1) / 2)
      pause = min(pause * 2, policy.longestPause)
      return close(until: now + wait, now, since, named: false)
    }
  }

  private mutating func grow() {
    pause = max(policy.shortestPause, pause * 0.7)
    goodCount += 1
    let isCatchingUp = window < ceiling
    guard goodCount >= (isCatchingUp ? window : max(window, Self.slowRound)) else { return }
    goodCount = 0
    window = min(window * 2, isCatchingUp ? ceiling : policy.largestWindow)
    ceiling = max(ceiling, window)
  }

  private mutating func shrink() {
    round += 1
    insideCount = 0
    goodCount = 0
    ceiling = max(1, ceiling / 2)
    window = 1
  }

  private mutating func close(
    until instant: ContinuousClock.Instant, _ now: ContinuousClock.Instant, _ since: ContinuousClock.Instant, named isNamed: Bool
  ) -> Wait? {
    if instant - since > policy.budget {
      end = isNamed ? .until(instant) : .forThisRun
      return nil
    }
    let begin = max(closedUntil ?? now, now)
    guard instant > begin else { return nil }
    closedUntil = instant
    waited += instant - begin
    return Wait(duration: instant - now, total: waited)
  }
}
