import Foundation
import Git
import Testing

extension CommittingTests {
  /// What stands between the work tree and the repository.
  @Suite(.timeLimit(.minutes(30))) struct ConversionTests {
    struct Case: Sendable, CustomTestStringConvertible {
      var attributes = ""
      var autocrlf = "false"
      var eol = "lf"
      var text = "a\nb\n"

      var testDescription: String { "\(attributes.debugDescription) autocrlf=\(autocrlf) eol=\(eol) \(text.debugDescription)" }
    }

    static let cases: [Case] = [
      Case(), Case(text: "a\r\nb\r\n"), Case(autocrlf: "true", text: "a\r\nb\r\n"), Case(autocrlf: "true"), Case(autocrlf: "input"),
      Case(autocrlf: "input", text: "a\r\nb\r\n"), Case(attributes: "* text=auto", eol: "crlf", text: "a\r\nb\r\n"),
      Case(attributes: "* text=auto", text: "a\r\nb\r\n"), Case(attributes: "*.yaml text eol=crlf", text: "a\r\nb\r\n"),
      Case(attributes: "*.yaml eol=crlf", text: "a\r\nb\r\n"), Case(attributes: "*.yaml text eol=lf", text: "a\r\nb\r\n"),
      Case(attributes: "*.yaml -text", autocrlf: "true", text: "a\r\nb\r\n"), Case(attributes: "*.yaml crlf=input", text: "a\r\nb\r\n"),
      Case(attributes: "*.yaml binary", autocrlf: "true", text: "a\r\nb\r\n"),
      Case(attributes: "*.yaml text=auto eol=crlf", text: "a\nb\n"),
      Case(attributes: "*.yaml ident", text: "# $Id$\na\n"), Case(autocrlf: "true", text: "a\r\nb\nmixed\r\n"),
      Case(attributes: "*.yaml filter", text: "a\n"), Case(attributes: "*.yaml -filter", text: "a\n"),
      Case(attributes: "*.yaml working-tree-encoding=UTF-8", text: "\u{FEFF}é\n"),
    ]

    @Test(arguments: cases)
    func `Blobs are those that git would make, and the file is clean afterwards`(_ example: Case) async throws {
      let scene = try await CommitScene.make(files: ["other"])
      try await scene.git("config", "core.autocrlf", example.autocrlf)
      try await scene.git("config", "core.eol", example.eol)
      try scene.write(example.attributes + "\n", to: ".gitattributes")
      try scene.write(example.text, to: "a.yaml")
      try await scene.git("add", ".")
      try await scene.git("commit", "-qm", "with attributes")
      // As a checkout would have it.
      try FileManager.default.removeItem(atPath: scene.path("a.yaml"))
      try await scene.git("checkout", "-q", "a.yaml")
      let ending = try scene.bytes("a.yaml").contains(13) ? "new\r\n" : "new\n"
      let id = try await scene.commit("a.yaml", adding: ending)
      try await scene.expect(id, holds: ["a.yaml"])
      #expect(try await scene.git("status", "--porcelain", "--no-renames") == "")
      #expect(try await scene.git("ls-files", "-m") == "")
    }

    struct Refusal: Sendable {
      var attributes: String
      var place = ".gitattributes"
      var error: CommitError
    }

    static let refusals: [Refusal] = [
      Refusal(attributes: "*.yaml filter=lfs diff=lfs merge=lfs -text", error: .externalFilter(path: "a.yaml", name: "lfs")),
      Refusal(attributes: "* filter=git-crypt diff=git-crypt", error: .externalFilter(path: "a.yaml", name: "git-crypt")),
      Refusal(attributes: "a.yaml filter=upper", error: .externalFilter(path: "a.yaml", name: "upper")),
      Refusal(attributes: "[attr]secret filter=crypt\n*.yaml secret", error: .externalFilter(path: "a.yaml", name: "crypt")),
      Refusal(attributes: "*.yaml filter=crypt", place: ".git/info/attributes", error: .externalFilter(path: "a.yaml", name: "crypt")),
      Refusal(attributes: "*.yaml working-tree-encoding=UTF-16", error: .reencoded(path: "a.yaml", encoding: "UTF-16")),
    ]

    @Test(arguments: refusals)
    func `What another program filters, or another encoding is converted to, is refused`(_ example: Refusal) async throws {
      let scene = try await CommitScene.make(files: ["a.yaml"])
      try await scene.git("config", "filter.upper.clean", "tr a-z A-Z")
      try await scene.git("config", "filter.upper.smudge", "tr A-Z a-z")
      try scene.write(example.attributes + "\n", to: example.place)
      let plan = try scene.plan()
      let file = CommitFile(path: scene.path("a.yaml"), originalBytes: try scene.bytes("a.yaml"), newBytes: [65])
      let error = #expect(throws: CommitError.self) { try plan.check(file) }
      #expect(error == example.error)
      #expect(error?.description.contains("run without --commit and commit with git, or exclude it") == true)
    }

    @Test(arguments: ["GLOBAL", "COUNT"])
    func `Attributes and line endings are those of the configuration that git reads by its variables`(source: String) async throws {
      var scene = try await CommitScene.make(files: ["a.yaml", "secret.yaml"])
      try scene.sandbox.write("secret.yaml filter=git-crypt\n", to: "attributes \"1\"")
      let attributes = scene.sandbox.path("attributes \"1\"")
      if source == "GLOBAL" {
        scene.request.variables["GIT_CONFIG_GLOBAL"] = scene.sandbox.path("global")
        for (name, value) in [("core.attributesFile", attributes), ("core.autocrlf", "true")] {
          try await scene.sandboxGit("config", "-f", "global", name, value)
        }
      } else {
        scene.request.variables.merge([
          "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "core.attributesFile", "GIT_CONFIG_VALUE_0": attributes,
          "GIT_CONFIG_KEY_1": "core.autocrlf", "GIT_CONFIG_VALUE_1": "true",
        ]) { $1 }
      }
      let plan = try scene.plan()
      let secret = CommitFile(path: scene.path("secret.yaml"), originalBytes: try scene.bytes("secret.yaml"), newBytes: [65])
      #expect(throws: CommitError.externalFilter(path: "secret.yaml", name: "git-crypt")) { try plan.check(secret) }
      try scene.write("x: a.yaml\r\n", to: "a.yaml")
      let id = try await scene.commit("a.yaml", adding: "new\r\n")
      #expect(try await scene.git("rev-parse", "HEAD").trimmed == id)
      #expect(try await scene.git("show", "HEAD:a.yaml") == "x: a.yaml\nnew\n")
    }

    @Test func `Where a variable sets one of them, the user's own attributes count all the same`() async throws {
      var scene = try await CommitScene.make(files: ["a.yaml"])
      try scene.sandbox.write("*.yaml filter=git-crypt\n", to: "home/git/attributes")
      scene.request.variables["XDG_CONFIG_HOME"] = scene.sandbox.path("home")
      scene.request.variables.merge([
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.eol", "GIT_CONFIG_VALUE_0": "lf", "GIT_CONFIG_GLOBAL": "/dev/null",
      ]) { $1 }
      let plan = try scene.plan()
      let file = CommitFile(path: scene.path("a.yaml"), originalBytes: try scene.bytes("a.yaml"), newBytes: [65])
      #expect(throws: CommitError.externalFilter(path: "a.yaml", name: "git-crypt")) { try plan.check(file) }
    }

    @Test func `With core.safecrlf a file whose line endings would not come back is refused, as git refuses it`() async throws {
      let scene = try await CommitScene.make(files: ["a.yaml"])
      try await scene.git("config", "core.autocrlf", "input")
      try await scene.git("config", "core.safecrlf", "true")
      let plan = try scene.plan()
      let file = CommitFile(path: scene.path("a.yaml"), originalBytes: Array("x: a.yaml\r\n".utf8), newBytes: [65])
      #expect(throws: CommitError.self) { try plan.check(file) }
    }
  }
}
