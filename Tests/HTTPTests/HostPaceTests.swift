import HTTP
import Testing

@Suite struct HostPaceTests {
  private let start = ContinuousClock.now

  /// Sends for as long as it is let in; the passes.
  private func burst(_ pace: inout HostPace, at now: ContinuousClock.Instant) -> [HostPace.Pass] {
    var passes: [HostPace.Pass] = []
    while case .enter(let pass) = pace.enter(now: now), passes.count < 1000 { passes.append(pass) }
    return passes
  }

  private func pace(_ change: (inout HostPace.Policy) -> Void = { _ in }) -> HostPace {
    var policy = HostPace.Policy()
    change(&policy)
    return HostPace(policy)
  }

  // MARK: The window

  @Test func `32 are in flight in the beginning, and twice as many after each good round, up to 128`() {
    var pace = pace()
    var rounds: [Int] = []
    for _ in 0..<4 {
      let passes = burst(&pace, at: start)
      #expect(pace.enter(now: start) == .full)
      rounds.append(passes.count)
      for pass in passes { #expect(pace.leave(pass, after: .good, now: start, jitter: 0) == nil) }
    }
    #expect(rounds == [32, 64, 128, 128])
  }

  @Test(arguments: [(1, 1), (5, 5), (200, 32)])
  func `no more are in flight than may be`(largest: Int, first: Int) {
    var pace = pace { $0.largestWindow = largest }
    #expect(burst(&pace, at: start).count == first)
  }

  @Test func `a request without an answer makes its place free, and no more`() {
    var pace = pace()
    for _ in 0..<10 { for pass in burst(&pace, at: start) { _ = pace.leave(pass, after: .other, now: start, jitter: 0) } }
    #expect(pace.window == 32)
    #expect(burst(&pace, at: start).count == 32)
  }

  @Test func `after a connection that broke under many the next request goes alone, at once, and the break counts once`() {
    var pace = pace()
    let first = burst(&pace, at: start)
    for pass in first { #expect(pace.leave(pass, after: .broken, now: start, jitter: 1) == nil) }
    for count in [1, 2, 4, 8, 16] {
      let passes = burst(&pace, at: start)
      #expect(passes.count == count)
      for pass in passes { _ = pace.leave(pass, after: .good, now: start, jitter: 0) }
    }
  }

  @Test func `after a refusal all wait, one goes ahead, and half of what was refused follows`() {
    var pace = pace()
    let first = burst(&pace, at: start)
    let wait = pace.leave(first[0], after: .refused(retryAfterSeconds: nil), now: start, jitter: 1)
    #expect(wait?.duration == .milliseconds(100) && wait?.total == .milliseconds(100))
    let opening = start + .milliseconds(100)
    #expect(pace.enter(now: start) == .closed(until: opening))
    // The others of that burst are the same refusal, or answers that were on their way.
    for pass in first[1..<20] {
      #expect(pace.isOutdated(pass))
      #expect(pace.leave(pass, after: .refused(retryAfterSeconds: nil), now: start, jitter: 1) == nil)
    }
    for pass in first[20...] { #expect(pace.leave(pass, after: .good, now: start, jitter: 1) == nil) }

    var rounds: [Int] = []
    for _ in 0..<6 {
      let passes = burst(&pace, at: opening)
      rounds.append(passes.count)
      for pass in passes { _ = pace.leave(pass, after: .good, now: opening, jitter: 0) }
    }
    #expect(rounds == [1, 2, 4, 8, 16, 32])
  }

  @Test func `requests that hang since before a refusal take no place after it`() {
    var pace = pace()
    let hanging = burst(&pace, at: start)
    _ = pace.leave(hanging[0], after: .refused(retryAfterSeconds: 1), now: start, jitter: 0)
    #expect(burst(&pace, at: start + .seconds(1)).count == 1)
    for pass in hanging.dropFirst() { _ = pace.leave(pass, after: .other, now: start + .seconds(1), jitter: 0) }
    #expect(pace.enter(now: start + .seconds(1)) == .full)
  }

  // MARK: Waits

  /// What one request after the other waits, where each is refused.
  private func waits(_ pace: inout HostPace, naming seconds: Int?, jitter: Double = 1) -> [Duration] {
    var now = start
    var waits: [Duration] = []
    while case .enter(let pass) = pace.enter(now: now), waits.count < 100,
      let wait = pace.leave(pass, after: .refused(retryAfterSeconds: seconds), now: now, jitter: jitter)
    {
      waits.append(wait.duration)
      now += wait.duration
    }
    return waits
  }

  @Test(arguments: [nil, 0])
  func `without a time to wait, pauses are doubled until the budget ends it`(seconds: Int?) {
    var pace = pace()
    let waits = self.waits(&pace, naming: seconds)
    let first: [Duration] = [100, 200, 400, 800, 1600, 3200, 6400, 10_000].map { .milliseconds($0) }
    #expect(Array(waits.prefix(8)) == first)
    let total = waits.reduce(.zero, +)
    #expect((.seconds(80)...(.seconds(90))).contains(total))
    #expect(pace.enter(now: start + total) == .givenUp(retryAfterSeconds: nil))
    #expect(pace.enter(now: start + .seconds(100_000)) == .givenUp(retryAfterSeconds: nil))
    #expect(pace.isGivenUp(now: start + total))
  }

  @Test func `a pause is random from its half on`() {
    var (short, long) = (pace(), pace())
    #expect(waits(&short, naming: nil, jitter: 0).first == .milliseconds(50))
    #expect(waits(&long, naming: nil, jitter: 7).first == .milliseconds(100))
  }

  @Test(arguments: [(1, 90), (40, 2), (90, 1), (91, 0), (3600, 0), (31_536_000, 0)])
  func `Retry-After is waited for within the budget`(seconds: Int, count: Int) {
    var pace = pace()
    #expect(waits(&pace, naming: seconds) == Array(repeating: .seconds(seconds), count: count))
    let end = start + .seconds(count * seconds)
    #expect(pace.enter(now: end) == .givenUp(retryAfterSeconds: seconds))
    #expect(pace.enter(now: end + .seconds(seconds) - .milliseconds(500)) == .givenUp(retryAfterSeconds: 1))
    #expect(!pace.isGivenUp(now: end + .seconds(seconds)))
  }

  @Test func `the longest of several times counts, whichever comes first`() {
    var pace = pace()
    let passes = burst(&pace, at: start)
    #expect(pace.leave(passes[0], after: .refused(retryAfterSeconds: 5), now: start, jitter: 0)?.total == .seconds(5))
    #expect(pace.leave(passes[1], after: .refused(retryAfterSeconds: 2), now: start, jitter: 0) == nil)
    #expect(pace.leave(passes[2], after: .refused(retryAfterSeconds: 8), now: start, jitter: 0)?.total == .seconds(8))
    #expect(pace.enter(now: start) == .closed(until: start + .seconds(8)))
  }

  @Test func `a good answer begins a new budget, and makes the next pause shorter`() {
    var pace = pace { $0.budget = .seconds(2) }
    var now = start
    for _ in 0..<100 {
      guard case .enter(let good) = pace.enter(now: now) else { break }
      _ = pace.leave(good, after: .good, now: now, jitter: 1)
      guard case .enter(let refused) = pace.enter(now: now) else { break }
      now += pace.leave(refused, after: .refused(retryAfterSeconds: 1), now: now, jitter: 1)?.duration ?? .zero
    }
    #expect(now == start + .seconds(100))
  }

  // MARK: Whole runs

  /// A server that lets so many requests of a second through.
  struct Limiter: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var perSecond: Int
    var retryAfterSeconds: Int?
    /// Windows of a second, in place of a bucket that fills evenly.
    var isFixedWindow = false
  }

  /// Sends that many requests, each again until it is answered well; how long that took, and how many were sent. nil where the host was
  /// given up.
  private func run(_ count: Int, over milliseconds: Int, refusing: (Int, ContinuousClock.Instant) -> Bool, naming seconds: Int? = nil) -> (
    seconds: Double, sent: Int
  )? {
    var pace = pace()
    var now = start
    var left = count
    var sent = 0
    var flights: [(pass: HostPace.Pass, arrival: ContinuousClock.Instant, isRefused: Bool)] = []
    while left > 0 || !flights.isEmpty {
      var next: ContinuousClock.Instant?
      admission: while left > 0 {
        switch pace.enter(now: now) {
        case .enter(let pass):
          flights.append((pass, now + .milliseconds(milliseconds), refusing(sent, now)))
          left -= 1
          sent += 1
        case .full: break admission
        case .closed(let until):
          next = until
          break admission
        case .givenUp: return nil
        }
      }
      if let first = flights.first, first.arrival <= next ?? first.arrival {
        flights.removeFirst()
        now = max(now, first.arrival)
        let answer: HostPace.Answer = first.isRefused ? .refused(retryAfterSeconds: seconds) : .good
        if first.isRefused { left += 1 }
        _ = pace.leave(first.pass, after: answer, now: now, jitter: Double(sent % 10) / 10)
      } else if let next {
        now = next
      }
    }
    let took = (now - start).components
    return (Double(took.seconds) + Double(took.attoseconds) / 1e18, sent)
  }

  @Test(
    arguments: [
      Limiter(testDescription: "20 a second, evenly", perSecond: 20),
      Limiter(testDescription: "20 each second", perSecond: 20, isFixedWindow: true),
      Limiter(testDescription: "100 a second, evenly", perSecond: 100),
    ], [1, 30, 200])
  func `200 references get through a limit without Retry-After, in little more than the time it sets`(limiter: Limiter, milliseconds: Int)
    throws
  {
    var tokens = Double(limiter.perSecond)
    var last = start
    let result = try #require(
      run(200, over: milliseconds) { _, now in
        let (old, new) = ((last - start).components.seconds, (now - start).components.seconds)
        if !limiter.isFixedWindow {
          let passed = (now - last).components
          let fill = (Double(passed.seconds) + Double(passed.attoseconds) / 1e18) * Double(limiter.perSecond)
          tokens = min(Double(limiter.perSecond), tokens + fill)
        } else if new != old {
          tokens = Double(limiter.perSecond)
        }
        last = now
        guard tokens >= 1 else { return true }
        tokens -= 1
        return false
      })
    let ideal = 200 / Double(limiter.perSecond)
    #expect(result.seconds < ideal * 1.6 + 2, "\(result)")
    #expect(result.sent < 400, "\(result)")
  }

  @Test func `20 references get through one a second with Retry-After`() throws {
    var last: ContinuousClock.Instant?
    let result = try #require(
      run(
        20, over: 1,
        refusing: { _, now in
          if let last, now - last < .seconds(1) { return true }
          last = now
          return false
        }, naming: 1))
    #expect(result.seconds < 22, "\(result)")
    #expect(result.sent < 70, "\(result)")
  }

  @Test(arguments: [1, 30]) func `where three of ten are refused whatever one does, the run does not crawl`(milliseconds: Int) throws {
    let result = try #require(run(500, over: milliseconds, refusing: { number, _ in [0, 3, 6].contains(number % 10) }))
    #expect(result.seconds < 30, "\(result)")
    #expect(result.sent < 730, "\(result)")
  }

  @Test func `a host that always refuses is given up`() {
    #expect(run(10, over: 1, refusing: { _, _ in true }) == nil)
  }
}
