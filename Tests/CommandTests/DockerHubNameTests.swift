import ServersForTests
import Testing

@Suite(.timeLimit(.minutes(30))) struct DockerHubNameTests {
  @Test(arguments: ["DOCKER.IO", "Docker.io"])
  func `a registry that only looks like Docker Hub is pointed out`(_ registry: String) async throws {
    let image = Image.single("x")
    try await ScriptedServer.serving { _ in
      .manifest(image)
    } while: { mirror in
      try await Sandbox.with { sandbox in
        try sandbox.write("registries: [{ prefix: docker.io, mirrors: ['http://\(mirror.host)'] }]\n", to: "\(sandbox.root)/user.yaml")
        for (name, isNoted) in [("\(registry)/team/app:1", true), ("docker.io/team/app:1", false)] {
          let outcome = try await sandbox.tagpin("resolve", "--config", "\(sandbox.root)/user.yaml", name)
          #expect(outcome.outputText == "\(name)@\(image.digest)\n", "\(outcome.errorText)")
          #expect(outcome.errorText.contains("warning: '\(name)' is not what 'docker.io' names") == isNoted, "\(outcome.errorText)")
        }
      }
    }
  }
}
