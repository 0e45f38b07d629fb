import ServersForTests
import Testing

/// The machine's own configuration of registries, and references that name nothing.
@Suite(.timeLimit(.minutes(30))) struct ContainersRegistriesTests {
  private static let file = ".config/containers/registries.conf"

  @Test func `the user's registries.conf says where images are in truth`() async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        let image = Image.single("app")
        try await registry.push(image, to: "copies/app", tag: "1")
        try sandbox.write(
          "[[registry]]\nprefix = 'images.acme.test'\nlocation = '\(registry.host)/copies'\n", to: "\(sandbox.home)/\(Self.file)")
        let outcome = try await sandbox.tagpin("resolve", "images.acme.test/app:1")
        #expect(outcome.outputText == "images.acme.test/app:1@\(image.digest)\n", "\(outcome.errorText)")
        #expect(outcome.status == 0)
      }
    }
  }

  @Test func `a repository's own rule does not take the place of what registries.conf says`() async throws {
    let own = "registries: [{prefix: images.acme.test, mirrors: ['http://127.0.0.1:1']}]\n"
    try await Sandbox.with([".tagpin.yaml": own]) { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        let image = Image.single("app")
        try await registry.push(image, to: "copies/app", tag: "1")
        try sandbox.write(
          "[[registry]]\nprefix = 'images.acme.test'\nlocation = '\(registry.host)/copies'\n", to: "\(sandbox.home)/\(Self.file)")
        let outcome = try await sandbox.tagpin("resolve", "images.acme.test/app:1")
        #expect(outcome.outputText == "images.acme.test/app:1@\(image.digest)\n", "\(outcome.errorText)")
        #expect(outcome.errorText == "")
      }
    }
  }

  @Test func `a blocked image fails with the place that blocks it, whatever the repository says`() async throws {
    let own = "registries: [{prefix: images.acme.test, mirrors: ['http://127.0.0.1:1']}]\n"
    try await Sandbox.with([".tagpin.yaml": own]) { sandbox in
      let file = "\(sandbox.home)/\(Self.file)"
      try sandbox.write("[[registry]]\nlocation = 'images.acme.test'\nblocked = true\n", to: file)
      let outcome = try await sandbox.tagpin("resolve", "images.acme.test/app:1")
      #expect(outcome.status == 2)
      #expect(outcome.errorText.contains("'images.acme.test/app' is blocked by \(file):3:11"), "\(outcome.errorText)")
    }
  }

  @Test func `a registries.conf that is not understood ends the run`() async throws {
    try await Sandbox.with { sandbox in
      let file = "\(sandbox.home)/\(Self.file)"
      try sandbox.write("[[registry]]\nlocation = 1\n", to: file)
      let outcome = try await sandbox.tagpin("resolve", "images.acme.test/app:1")
      #expect(outcome.status == 2)
      #expect(outcome.errorText.contains("\(file):2:12: 'location' is not a string"), "\(outcome.errorText)")
    }
  }

  @Test func `a digest without a name is refused with a hint`() async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("resolve", "sha256:" + String(repeating: "a", count: 64))
      #expect(outcome.status == 64)
      #expect(
        outcome.errorText.contains("'sha256:aaaaaaaaaaaa…' is a digest without a name; write repository@sha256:aaaaaaaaaaaa…"),
        "\(outcome.errorText)")
    }
  }
}
