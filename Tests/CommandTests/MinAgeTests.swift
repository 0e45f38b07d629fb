import Foundation
import ServersForTests
import Testing

/// `update --min-age`, and the ledger that it goes by, against a registry without a clock of its own.
@Suite(.timeLimit(.minutes(30))) struct MinAgeTests {
  static let (first, second, third) = (Image.single("first"), Image.single("second"), Image.single("third"))

  /// A repository with one image that was pinned on 1 November, and a newer image that its tag names since. `configuration` is the
  /// repository's.
  private func scene(
    configuration: String = "", _ body: (Sandbox, _ registry: DockerRegistry, _ image: String) async throws -> Void
  ) async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        let image = "\(registry.host)/team/app:1.0.0"
        try await registry.push(Self.first, to: "team/app", tag: "1.0.0")
        try sandbox.write("ledger: seen.jsonl\n", to: "\(sandbox.home)/.config/tagpin/config.yaml")
        try await sandbox.track([".tagpin.yaml": configuration, "compose.yaml": "services: {web: {image: '\(image)'}}\n"])
        let pinned = try await sandbox.tagpin("pin", environment: at("01T09"))
        #expect(pinned.status == 0, "\(pinned.errorText)")
        try await sandbox.git("add", "-A")
        try await sandbox.git("commit", "-q", "-m", "start")
        try await registry.push(Self.second, to: "team/app", tag: "1.0.0")
        try await body(sandbox, registry, image)
      }
    }
  }

  /// An hour of November.
  private func at(_ time: String) -> [String: String] { ["TAGPIN_NOW": "2026-11-\(time):00:00Z"] }

  private func ledger(_ sandbox: Sandbox) throws -> String { try sandbox.text("\(sandbox.home)/.config/tagpin/seen.jsonl") }

  @Test func `what is too young is held, with since when it is known and when it is free, and moves then`() async throws {
    try await scene { sandbox, _, image in
      #expect(
        try ledger(sandbox) == #"{"time": "2026-11-01T09:00:00Z", "reference": "\#(image)", "digest": "\#(Self.first.digest)"}"# + "\n")
      let held = try await sandbox.tagpin("update", "--min-age", "3d", environment: at("10T09"))
      #expect(held.status == 0, "\(held.errorText)")
      #expect(held.outputText.contains("held → \(Self.second.digest.prefix(19))…"), "\(held.outputText)")
      #expect(held.outputText.contains("known since 2026-11-10T09:00:00Z (seen now for the first time)"), "\(held.outputText)")
      #expect(held.outputText.contains("free on 2026-11-13T09:00:00Z"), "\(held.outputText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.first.digest))
      let early = try await sandbox.tagpin("update", "--min-age", "3d", "--exit-code", environment: at("13T08"))
      #expect(early.status == 0)
      #expect(early.outputText.contains("known since 2026-11-10T09:00:00Z (the ledger)"), "\(early.outputText)")
      let free = try await sandbox.tagpin("update", "--min-age", "3d", environment: at("13T09"))
      #expect(free.status == 0, "\(free.errorText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.second.digest))
      #expect(try ledger(sandbox).split(separator: "\n").count == 2)
    }
  }

  @Test func `where the newest is too young, what the tag named before is taken once it is old enough`() async throws {
    try await scene { sandbox, registry, _ in
      _ = try await sandbox.tagpin("verify", environment: at("10T09"))
      try await registry.push(Self.third, to: "team/app", tag: "1.0.0")
      let moved = try await sandbox.tagpin("update", "--min-age", "3d", environment: at("13T09"))
      #expect(try sandbox.text("compose.yaml").contains(Self.second.digest), "\(moved.outputText)\(moved.errorText)")
      #expect(moved.outputText.contains("which it names now, is held"), "\(moved.outputText)\(moved.errorText)")
    }
  }

  @Test func `the repository can ask for longer and not for shorter, and a first pin waits for nothing`() async throws {
    try await scene(configuration: "min-age: [{image: '**/team/*', age: 2w}, {age: 1h}]\n") { sandbox, _, image in
      _ = try await sandbox.tagpin("resolve", image, environment: at("10T09"))
      let held = try await sandbox.tagpin("update", "--min-age", "3d", environment: at("20T09"))
      #expect(held.outputText.contains("free on 2026-11-24T09:00:00Z"), "\(held.outputText)")
      try sandbox.write("services: {web: {image: '\(image)'}}\n", to: "other/compose.yaml")
      let new = try await sandbox.tagpin("update", "other/compose.yaml", environment: at("20T09"))
      #expect(new.status == 0)
      #expect(try sandbox.text("other/compose.yaml").contains(Self.second.digest))
    }
  }

  @Test func `one is let through by its name, and the commit says so`() async throws {
    try await scene(configuration: "min-age: 3d\n") { sandbox, registry, image in
      let other = try await sandbox.tagpin("update", "--now", "nginx", environment: at("10T09"))
      #expect(other.errorText.contains("nothing that --now names"), "\(other.errorText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.first.digest))
      let moved = try await sandbox.tagpin(
        "update", "--now", "\(registry.host)/team/app", "--commit", "--author", "Ada <ada@acme.test>", environment: at("10T10"))
      #expect(moved.status == 0, "\(moved.errorText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.second.digest))
      #expect(try await sandbox.git("log", "-1", "--format=%B%cI").contains("\n\nTagpin-Now: \(image)\n"))
      // The clock that is set is that of the commit, too.
      #expect(try await sandbox.git("log", "-1", "--format=%cI").hasPrefix("2026-11-10T10:00:00"))
    }
  }

  @Test func `a dry run notes nothing, and a broken ledger fails the run before anything is written`() async throws {
    try await scene { sandbox, _, _ in
      let before = try ledger(sandbox)
      _ = try await sandbox.tagpin("update", "--dry-run", environment: at("10T09"))
      #expect(try ledger(sandbox) == before)
      try sandbox.write(before + "<<<<<<< HEAD\n", to: "\(sandbox.home)/.config/tagpin/seen.jsonl")
      let broken = try await sandbox.tagpin("update", environment: at("10T09"))
      #expect(broken.status == 2)
      #expect(broken.errorText.contains("seen.jsonl:2: error: the line is not a JSON object"), "\(broken.errorText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.first.digest))
    }
  }

  @Test func `history shows what the ledger saw, beside the commits and where there is none`() async throws {
    try await scene { sandbox, _, image in
      _ = try await sandbox.tagpin("resolve", image, environment: at("10T09"))
      let history = try await sandbox.tagpin("history", image)
      #expect(history.outputText.contains("  2026-11-10  \(Self.second.digest.prefix(19))…  seen by the ledger\n"), "\(history.outputText)")
      #expect(history.outputText.contains("(tester), in compose.yaml"), "\(history.outputText)")
      let past = try await sandbox.tagpin("history", "--at", "2026-11-05", "--format", "json", image)
      #expect(past.status == 0)
      #expect(past.outputText.contains(Self.first.digest) && !past.outputText.contains(Self.second.digest), "\(past.outputText)")
      #expect(try await sandbox.tagpin("history", "--at", "2026-10-05", image).status == 1)
    }
  }

  @Test func `one platform's manifest has no age, and an age is a number of hours, days or weeks`() async throws {
    try await Sandbox.with { sandbox in
      let both = try await sandbox.tagpin("update", "--platform", "linux/amd64", "--min-age", "3d")
      #expect(both.status == 64)
      let wrong = try await sandbox.tagpin("update", "--min-age", "3 days")
      #expect(wrong.status == 64)
      #expect(
        wrong.errorText.contains("'3 days' is invalid for '--min-age <age>': write a time such as 12h, 3d or 2w"), "\(wrong.errorText)")
    }
  }
}
