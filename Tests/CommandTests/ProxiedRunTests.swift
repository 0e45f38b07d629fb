import Foundation
import ServersForTests
import Testing

/// Runs behind a real tinyproxy. Requests to loopback go through it because TAGPIN_PROXY_LOOPBACK says so.
@Suite(.timeLimit(.minutes(30))) struct ProxiedRunTests {
  private static let image = Image.index("proxied")

  private func withWorld(_ body: (Sandbox, DockerRegistry) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        try await registry.push(Self.image, to: "team/app", tag: "1")
        try await sandbox.track(["Dockerfile": "FROM \(registry.host)/team/app:1\n"])
        try await body(sandbox, registry)
      }
    }
  }

  @Test func `a registry is asked through the proxy`() async throws {
    try await withWorld { sandbox, registry in
      try await Tinyproxy.serving(in: sandbox.root) { proxy in
        let environment = ["HTTP_PROXY": proxy.url, "TAGPIN_PROXY_LOOPBACK": "1"]
        let outcome = try await sandbox.tagpin("pin", environment: environment)
        #expect(outcome.status == 0, "\(outcome.outputText)")
        #expect(try sandbox.text("Dockerfile") == "FROM \(registry.host)/team/app:1@\(Self.image.digest)\n")
        let lines = try proxy.log
        #expect(lines.contains("HEAD http://127.0.0.1:\(registry.port)/v2/team/app/manifests/1"), "\(lines)")
      }
    }
  }

  @Test func `a proxy that is down is named, and is not the registry`() async throws {
    try await withWorld { sandbox, registry in
      let before = try sandbox.snapshot()
      let down = try Port.free()
      var environment = ["HTTP_PROXY": "http://127.0.0.1:\(down)", "TAGPIN_PROXY_LOOPBACK": "1"]
      let outcome = try await sandbox.tagpin("pin", "--timeout", "5", environment: environment)
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("the proxy 127.0.0.1:\(down) failed: connection refused"), "\(outcome.outputText)")
      #expect(try sandbox.snapshot() == before)

      environment["NO_PROXY"] = "example.test,127.0.0.1"
      #expect(try await sandbox.tagpin("pin", environment: environment).status == 0)
    }
  }

  @Test func `loopback is reached directly`() async throws {
    try await withWorld { sandbox, registry in
      let down = try Port.free()
      let outcome = try await sandbox.tagpin("pin", environment: ["HTTP_PROXY": "http://127.0.0.1:\(down)"])
      #expect(outcome.status == 0, "\(outcome.outputText)")
    }
  }

  @Test func `a value that is no proxy's address is an error and not a direct connection`() async throws {
    try await withWorld { sandbox, registry in
      let outcome = try await sandbox.tagpin("pin", environment: ["HTTP_PROXY": "ftp://nowhere", "TAGPIN_PROXY_LOOPBACK": "1"])
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("HTTP_PROXY"), "\(outcome.outputText)")
    }
  }
}
