import HTTP
import Testing

@Suite struct HostHealthTests {
  private let start = ContinuousClock.now
  private let silence = HostHealth.Sign.silence(host: "a.test", seconds: 30)
  private let refused = HTTPError.connection(host: "a.test", reason: "connection refused")

  private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

  @Test func `a host that never answered is down after two requests`() {
    var health = HostHealth()
    health.note(silence, start: at(0), now: at(30))
    #expect(health.downError == nil)
    // Also where both were sent at once.
    health.note(silence, start: at(0), now: at(30))
    #expect(health.downError == .silent(host: "a.test", seconds: 30, count: 2))
  }

  @Test func `what cannot be reached is down with the same words`() {
    var health = HostHealth()
    health.note(.unreachable(refused), start: at(0), now: at(0))
    health.note(.none, start: at(0), now: at(0))
    #expect(health.downError == nil)
    health.note(.unreachable(refused), start: at(0), now: at(0))
    #expect(health.downError == refused)
    health.note(.answer(hasBody: true), start: at(0), now: at(1))
    #expect(health.downError == refused)
  }

  @Test func `slow answers among good ones condemn nobody`() {
    var health = HostHealth()
    for second in 0..<100 {
      health.note(.answer(hasBody: true), start: at(second), now: at(second))
      for _ in 0..<3 { health.note(silence, start: at(second), now: at(second + 30)) }
    }
    #expect(health.downError == nil)
  }

  @Test func `a host that answered is down when a whole round fails, and one that was sent after it`() {
    var health = HostHealth()
    health.note(.answer(hasBody: true), start: at(0), now: at(0))
    for _ in 0..<128 { health.note(silence, start: at(1), now: at(31)) }
    #expect(health.downError == nil)
    health.note(silence, start: at(31), now: at(61))
    #expect(health.downError == .silent(host: "a.test", seconds: 30, count: 129))
  }

  @Test func `a host that answers within that round goes on`() {
    var health = HostHealth()
    health.note(.answer(hasBody: true), start: at(0), now: at(0))
    for _ in 0..<128 { health.note(silence, start: at(1), now: at(31)) }
    health.note(.answer(hasBody: true), start: at(31), now: at(60))
    health.note(silence, start: at(31), now: at(61))
    #expect(health.downError == nil)
  }

  private let unfinished = HostHealth.Sign.unfinished(host: "a.test", seconds: 30)

  @Test func `a host that begins answers and ends none is down, though it answers what has no body`() {
    var health = HostHealth()
    for _ in 0..<32 { health.note(unfinished, start: at(0), now: at(30)) }
    health.note(.answer(hasBody: false), start: at(30), now: at(31))
    #expect(health.downError == nil)
    health.note(unfinished, start: at(31), now: at(61))
    #expect(health.downError == .unfinished(host: "a.test", seconds: 30, count: 33))
  }

  @Test func `a host that ends one answer between goes on`() {
    var health = HostHealth()
    for _ in 0..<32 { health.note(unfinished, start: at(0), now: at(30)) }
    health.note(.answer(hasBody: true), start: at(30), now: at(60))
    health.note(unfinished, start: at(30), now: at(61))
    #expect(health.downError == nil)
  }

  @Test func `an answer that began is no silence`() {
    var health = HostHealth()
    health.note(silence, start: at(0), now: at(30))
    health.note(unfinished, start: at(0), now: at(30))
    health.note(silence, start: at(0), now: at(30))
    #expect(health.downError == nil)
  }
}
