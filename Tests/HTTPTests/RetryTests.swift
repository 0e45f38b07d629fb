import HTTP
import Testing

@Suite struct RetryTests {
  private typealias Outcome = RetrySchedule.Outcome

  /// Steps after the same outcome again and again, without time passing, with the longest pauses.
  private func steps(after outcome: RetrySchedule.Outcome, method: HTTPRequest.Method = .get, policy: RetryPolicy = RetryPolicy())
    -> [RetrySchedule.Step]
  {
    var schedule = RetrySchedule(policy: policy, isIdempotent: method != .post)
    var steps: [RetrySchedule.Step] = []
    repeat {
      steps.append(schedule.step(after: outcome, elapsed: .zero, jitter: 1))
    } while steps.last.map(isWait) == true && steps.count < 20
    return steps
  }

  private func isWait(_ step: RetrySchedule.Step) -> Bool { if case .wait = step { true } else { false } }

  @Test(arguments: [408, 500, 502, 503, 504])
  func `a status that may pass is tried four times with doubled pauses`(status: Int) {
    #expect(
      steps(after: .answer(status: status))
        == [.wait(.milliseconds(500)), .wait(.seconds(1)), .wait(.seconds(2)), .finish])
  }

  @Test(arguments: [200, 204, 301, 304, 400, 401, 403, 404, 405, 406, 410, 412, 416, 451, 501, 505])
  func `any other status stands`(status: Int) {
    #expect(steps(after: .answer(status: status)) == [.finish])
  }

  @Test(arguments: [
    (Outcome.answer(status: 503), true), (.answer(status: 500), false), (.answer(status: 502), false),
    (.transientFailure(wasSent: false), true), (.transientFailure(wasSent: true), false), (.permanentFailure, false),
  ])
  func `a POST is repeated only where it did nothing`(outcome: RetrySchedule.Outcome, repeats: Bool) {
    #expect((steps(after: outcome, method: .post).count > 1) == repeats)
  }

  @Test(arguments: [
    (Outcome.transientFailure(wasSent: false), 4), (.transientFailure(wasSent: true), 4), (.permanentFailure, 1),
  ])
  func `a failure that may pass is tried again`(outcome: RetrySchedule.Outcome, tries: Int) {
    #expect(steps(after: outcome).count == tries)
  }

  @Test func `what was lost with others is no try, and a POST that may have been sent is not repeated`() {
    var schedule = RetrySchedule(policy: RetryPolicy(), isIdempotent: true)
    for _ in 0..<10 {
      #expect(schedule.step(after: .lostWithOthers(wasSent: true), elapsed: .zero, jitter: 1) == .wait(.milliseconds(500)))
    }
    #expect(schedule.tryCount == 0)
    #expect(schedule.step(after: .lostWithOthers(wasSent: true), elapsed: .seconds(90), jitter: 1) == .finish)
    var post = RetrySchedule(policy: RetryPolicy(), isIdempotent: false)
    #expect(post.step(after: .lostWithOthers(wasSent: false), elapsed: .zero, jitter: 1) == .wait(.milliseconds(500)))
    #expect(post.step(after: .lostWithOthers(wasSent: true), elapsed: .zero, jitter: 1) == .finish)
  }

  @Test func `pauses are a random part of their bound, which has an end`() {
    let policy = RetryPolicy(maximumTries: 10, budget: .seconds(1000))
    let longest = steps(after: .answer(status: 500), policy: policy)
    #expect(longest.dropFirst(6).prefix(3).allSatisfy { $0 == .wait(.seconds(30)) })
    var schedule = RetrySchedule(policy: policy, isIdempotent: true)
    #expect(schedule.step(after: .answer(status: 500), elapsed: .zero, jitter: 0) == .wait(.zero))
    #expect(schedule.step(after: .answer(status: 500), elapsed: .zero, jitter: 0.5) == .wait(.milliseconds(500)))
  }

  @Test func `no pause ends after the budget`() {
    var schedule = RetrySchedule(policy: RetryPolicy(budget: .seconds(10)), isIdempotent: true)
    #expect(schedule.step(after: .transientFailure(wasSent: true), elapsed: .milliseconds(9600), jitter: 1) == .finish)
  }

  @Test(arguments: [
    ("0", 0), ("120", 120), (" 7 ", 7), ("Sun, 06 Nov 1994 08:50:37 GMT", 60), ("Sunday, 06-Nov-94 08:49:47 GMT", 10),
    ("Sun Nov  6 08:49:38 1994", 1), ("Sun, 06 Nov 1994 08:49:36 GMT", 0), ("Mon, 07 Nov 1994 08:49:37 GMT", 86_400),
    ("Fri, 01 Mar 1996 00:00:00 GMT", 31_536_000),
    ("99999999999999999999999", 31_536_000),
    ("", nil), ("-1", nil), ("1.5", nil), ("soon", nil), ("Sun, 06 Foo 1994 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49 GMT", nil),
    ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 00 Nov 1994 08:49:37 GMT", nil),
  ])
  func `Retry-After is seconds or a date`(value: String, seconds: Int?) {
    #expect(RetryAfter.seconds(in: value, now: 784_111_777) == seconds)
  }

  @Test(arguments: [
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600), ("Wed, 31 Dec 2025 23:59:59 GMT", 1_767_225_599),
    ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
  ])
  func `dates are counted in the Gregorian calendar`(text: String, seconds: Int64) {
    #expect(HTTPDate.secondsSince1970(text) == seconds)
  }

  @Test(arguments: [(0, "1970-01-01"), (951_825_600, "2000-02-29"), (1_767_225_599, "2025-12-31"), (1_709_251_200, "2024-03-01")])
  func `days are printed`(seconds: Int64, day: String) {
    #expect(HTTPDate.day(secondsSince1970: seconds) == day)
  }

  @Test func `a date is read by the server's own clock`() {
    let headers: HTTPFields = ["Date": "Sun, 06 Nov 1994 08:49:37 GMT", "retry-after": "Sun, 06 Nov 1994 08:49:57 GMT"]
    #expect(RetryAfter.seconds(in: headers, now: 0) == 20)
  }

  /// Messages say that `--timeout` gives a host longer: so it has to, for connections as well.
  @Test(arguments: [(1, 1), (3, 3), (10, 10), (30, 10), (60, 20), (120, 40)]) func `a connection has its part of the time`(
    seconds: Int, connecting: Int
  ) {
    var options = HTTPTransport.Options(userAgent: "x")
    options.setTimeout(seconds: seconds)
    #expect(options.requestTimeout == .seconds(seconds))
    #expect(options.connectTimeout == .seconds(connecting))
    #expect(options.retry.budget == .seconds(3 * seconds))
  }
}
