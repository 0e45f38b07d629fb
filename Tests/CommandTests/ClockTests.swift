import ServersForTests
import Testing

/// TAGPIN_NOW: the day and time that a run goes by.
@Suite struct ClockTests {
  @Test(arguments: [("2026-11-29", 0), ("2026-11-30T00:00:00Z", 1)])
  func `what ends on a day ends by the clock that is set`(_ now: String, _ status: Int32) async throws {
    try await Sandbox.with { sandbox in
      try sandbox.write("services: {web: {image: 'nginx:1.27'}}\n", to: "compose.yaml")
      try sandbox.write("ignore: [{image: nginx, until: 2026-11-29}]\n", to: ".tagpin.yaml")
      let outcome = try await sandbox.tagpin("check", "compose.yaml", environment: ["TAGPIN_NOW": now])
      #expect(outcome.status == status, "\(outcome.outputText)\(outcome.errorText)")
    }
  }

  @Test func `a clock that cannot be read is wrong usage`() async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("list", environment: ["TAGPIN_NOW": "yesterday"])
      #expect(outcome.status == 64)
      #expect(
        outcome.errorText
          == "tagpin: error: TAGPIN_NOW: 'yesterday' is not a time; write 2026-03-01T09:00:00Z, or 2026-03-01 for its beginning\n")
    }
  }
}
