import Foundation
import ServersForTests
import Testing

/// `tagpin config`
@Suite(.timeLimit(.minutes(30))) struct ConfigCommandTests {
  private func withFiles(_ body: (Sandbox) async throws -> Void) async throws {
    try await Sandbox.with([
      ".tagpin.yaml": """
      exclude:
        - vendor/**
      style: [{files: deploy, style: digest}]
      scripts: false
      commit:
        message: "chore: {subject}\\n"
      guard: {allow: ["dev-*"]}

      """
    ]) { sandbox in
      try sandbox.write(
        """
        exclude: "**/testdata/**"
        style: tag-and-digest
        scripts: true
        registries: [{prefix: a.test, insecure: true, mirrors: ["https://m.test"]}]
        guard: {allow: [latest]}

        """, to: "\(sandbox.home)/.config/tagpin/config.yaml")
      try await body(sandbox)
    }
  }

  @Test func `each line names the file and line that it came from`() async throws {
    try await withFiles { sandbox in
      let outcome = try await sandbox.tagpin("config", environment: ["CI_SERVER_URL": "https://me:s3cret@git.test"])
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let user = "\(sandbox.home)/.config/tagpin/config.yaml"
      let expected = """
        # Looked for, the nearest last:
        #   \(sandbox.root)/etc/tagpin.yaml (the machine's): not there
        #   \(user) (yours): read
        #   --config or TAGPIN_CONFIG: not given
        #   .tagpin.yaml (the repository's, which makes nothing laxer): read

        include: ["**"]                                 # default
        exclude:
          - "**/testdata/**"                            # \(user):1
          - "vendor/**"                                 # .tagpin.yaml:2
        style:
          - { files: "deploy", style: "digest" }        # .tagpin.yaml:3
          - { files: "**", style: "tag-and-digest" }    # \(user):2
        ignore: []                                      # default
        built-here: []                                  # default
        registries:
          - { prefix: "a.test", insecure: true, mirrors: ["https://m.test"] }  # \(user):4
        actions:
          server: "http://127.0.0.1:9"                  # GITHUB_SERVER_URL
          # gitlab: CI_SERVER_URL, else the host of the remote 'origin', else https://gitlab.com  # default
          pre-commit: false                             # default
          comment: "tag"                                # default
          lockfile: "respect"                           # default
        helm:
          tag-digest: false                             # default
        scripts: true                                   # \(user):3
        # .tagpin.yaml:4 has another 'scripts', which is not taken: a trusted file decides
        likely: false                                   # default
        sites: []                                       # default
        files: []                                       # default
        commit:
          message: "chore: {subject}\\n"                 # .tagpin.yaml:6
        guard:
          # What a trusted file and the repository's both match:
          allow:
            - "latest"                                  # \(user):5
            - "dev-*"                                   # .tagpin.yaml:7
          allow-new-repository: false                   # default
        known-bad: []                                   # default
        signatures: []                                  # default
        ledger: "off"                                   # default
        min-age: []                                     # default
        policy: []                                      # default
        registries-allowed: []                          # default
        fail-on: []                                     # default
        never-ignore: []                                # default

        """
      let squeezed = { (text: String) in text.replacing(#/ +# /#, with: "  # ") }
      #expect(squeezed(outcome.outputText) == squeezed(expected), "\(outcome.outputText)")
      // The origins of short lines stand in one column.
      let columns = outcome.outputText.split(separator: "\n").filter { $0.contains("# default") && !$0.contains("# gitlab") }.map {
        $0.prefix(upTo: $0.firstRange(of: "  # default")!.lowerBound).count
      }
      #expect(Set(columns).count == 1)
    }
  }

  @Test func `what it prints is a configuration that means the same`() async throws {
    try await withFiles { sandbox in
      try sandbox.write("scripts: true\n", to: ".tagpin.yaml")
      let variables = ["GITHUB_SERVER_URL": "", "CI_SERVER_URL": ""]
      let printed = try await sandbox.tagpin("config", environment: variables)
      try sandbox.write(printed.output, to: "\(sandbox.root)/printed.yaml")
      try FileManager.default.removeItem(atPath: "\(sandbox.home)/.config/tagpin/config.yaml")
      let again = try await sandbox.tagpin(
        "config", "--config", "\(sandbox.root)/printed.yaml", "--no-repository-config", environment: variables)
      let values = { (text: String) in
        text.replacing("include: [\"**\"]", with: "include:\n- \"**\"").split(separator: "\n").map {
          $0.split(separator: "  # ")[0].trimmingCharacters(in: .whitespaces)
        }
        .filter { !$0.hasPrefix("#") }
      }
      #expect(again.status == 0, "\(again.errorText)")
      #expect(values(again.outputText) == values(printed.outputText))
    }
  }

  @Test func `as JSON it has the layers and the settings`() async throws {
    struct Printed: Decodable {
      struct Layer: Decodable, Equatable {
        var layer: String
        var file: String?
        var trusted: Bool
        var state: String
      }
      struct Setting: Decodable {
        struct Element: Decodable { var file: String, line: Int, trusted: Bool }
        var key: String
        var elements: [Element]?
        var file: String?
        var line: Int?
        var `default`: Bool?
        var variable: String?
        var overruled: [Element]?
      }
      var version: Int
      var layers: [Layer]
      var settings: [Setting]
    }
    try await withFiles { sandbox in
      let outcome = try await sandbox.tagpin(
        "config", "--format", "json", environment: ["TAGPIN_CONFIG": "\(sandbox.home)/.config/tagpin/config.yaml"])
      let printed = try JSONDecoder().decode(Printed.self, from: Data(outcome.output))
      #expect(printed.version == 1)
      #expect(printed.layers.map(\.layer) == ["machine", "user", "named", "repository"])
      #expect(printed.layers.map(\.state) == ["missing", "same-file", "read", "read"])
      #expect(printed.layers.map(\.trusted) == [true, true, true, false])
      let settings = Dictionary(uniqueKeysWithValues: printed.settings.map { ($0.key, $0) })
      #expect(settings["exclude"]?.elements?.map(\.line) == [1, 2])
      #expect(settings["exclude"]?.elements?.map(\.trusted) == [true, false])
      #expect(settings["scripts"]?.line == 3 && settings["scripts"]?.overruled?.map(\.line) == [4])
      #expect(settings["commit.message"]?.file == ".tagpin.yaml")
      #expect(settings["actions.server"]?.variable == "GITHUB_SERVER_URL" && settings["actions.comment"]?.default == true)
    }
  }

  @Test func `an error is the one of every command`() async throws {
    try await Sandbox.with([".tagpin.yaml": "exclud: []\n"]) { sandbox in
      let outcome = try await sandbox.tagpin("config")
      #expect(outcome.status == 64)
      #expect(outcome.errorText.contains(".tagpin.yaml:1:1: error: unknown key 'exclud'"), "\(outcome.errorText)")
      let without = try await sandbox.tagpin("config", "--no-repository-config")
      #expect(without.status == 0)
      #expect(without.outputText.contains(".tagpin.yaml (the repository's, which makes nothing laxer): not read"), "\(without.outputText)")
      let unread = try await sandbox.tagpin("config", "--no-repository-config", environment: ["HOME": ""])
      #expect(unread.outputText.contains("#   yours: not looked for: HOME is not set"), "\(unread.outputText)")
    }
  }

  @Test func `what steers a terminal is escaped`() async throws {
    try await Sandbox.with([".tagpin.yaml": "exclude: [\"a\\eb\\nc\"]\n"]) { sandbox in
      let outcome = try await sandbox.tagpin("config")
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(outcome.outputText.contains(#"- "a\u001bb\nc""#), "\(outcome.outputText)")
      #expect(!outcome.outputText.contains("\u{1B}"))
    }
  }

  @Test func `token services that variables name are there, with the variables`() async throws {
    try await withFiles { sandbox in
      let variables = [
        "TAGPIN_TOKEN_SERVICES": "registry.acme.test=auth.acme.test,sso.test; b.test = c.test:8443", "CI_REGISTRY": "registry.gitlab.test",
        "CI_SERVER_HOST": "gitlab.test", "CI_SERVER_URL": "https://gitlab.test",
      ]
      let outcome = try await sandbox.tagpin("config", environment: variables)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let lines = outcome.outputText.split(separator: "\n").map { $0.replacing(#/ +# /#, with: "  # ") }
      let start = try #require(lines.firstIndex(of: "registries:"))
      #expect(
        Array(lines[(start + 1)...(start + 4)]) == [
          "  - { prefix: \"a.test\", insecure: true, mirrors: [\"https://m.test\"] }  # \(sandbox.home)/.config/tagpin/config.yaml:4",
          "  - { prefix: \"registry.acme.test\", token-services: [\"auth.acme.test\", \"sso.test\"] }  # TAGPIN_TOKEN_SERVICES",
          "  - { prefix: \"b.test\", token-services: [\"c.test:8443\"] }  # TAGPIN_TOKEN_SERVICES",
          "  - { prefix: \"registry.gitlab.test\", token-services: [\"gitlab.test\"] }  # CI_REGISTRY, CI_SERVER_HOST, CI_SERVER_URL",
        ], "\(outcome.outputText)")
      // What it prints is a configuration.
      try sandbox.write(outcome.outputText, to: "\(sandbox.root)/printed.yaml")
      let again = try await sandbox.tagpin("config", "--no-repository-config", "--config", "\(sandbox.root)/printed.yaml")
      #expect(again.status == 0, "\(again.errorText)")
      let json = try await sandbox.tagpin("config", "--format", "json", environment: variables)
      #expect(json.outputText.contains("\"variable\": \"CI_REGISTRY, CI_SERVER_HOST, CI_SERVER_URL\""), "\(json.outputText)")
    }
  }

  @Test func `token services are shown where no file has registries`() async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("config", environment: ["TAGPIN_TOKEN_SERVICES": "a.test=b.test"])
      #expect(outcome.outputText.contains("registries:\n  - { prefix: \"a.test\", token-services: [\"b.test\"] }"), "\(outcome.outputText)")
      let wrong = try await sandbox.tagpin("config", environment: ["TAGPIN_TOKEN_SERVICES": "a.test"])
      #expect(wrong.status == 64)
    }
  }
}
