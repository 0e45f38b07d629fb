import Foundation
import ServersForTests
import Testing

/// `tagpin guard` against registries that are the real program.
@Suite(.timeLimit(.minutes(30))) struct GuardTests {
  static let ours = Image.single("ours")
  static let theirs = Image.single(
    "theirs",
    labels: """
      "created":"2026-08-01T10:00:00Z","config":{"Labels":{"org.opencontainers.image.revision":"1a2b3c4",\
      "org.opencontainers.image.source":"https://git.example.test/app"}},
      """)
  static let multi = Image.index("multi")

  private func withImages(_ settings: (Sandbox) async throws -> String, body: (Sandbox, DockerRegistry) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      let storage = "\(sandbox.root)/storage"
      try await DockerRegistry.serving(in: sandbox, storage: storage) { registry in
        try await registry.push(Self.ours, to: "team/app", tag: "ours")
        try await registry.push(Self.theirs, to: "team/app", tag: "theirs")
        try await registry.push(Self.multi, to: "team/app", tag: "multi")
      }
      try await DockerRegistry.serving(in: sandbox, storage: storage, settings: try await settings(sandbox)) { try await body(sandbox, $0) }
    }
  }

  /// The five states, whatever lets us in.
  private func expectFiveStates(_ sandbox: Sandbox, _ registry: DockerRegistry) async throws {
    let app = "\(registry.host)/team/app"
    let nobody = "127.0.0.1:\(try Port.free())/team/app:1"
    let free = try await sandbox.tagpin("guard", "\(app):new")
    #expect(free.status == 0, "\(free.outputText)\(free.errorText)")
    #expect(free.outputText == "free  \(app):new\n")
    #expect(free.errorText == "")

    let same = try await sandbox.tagpin("guard", "\(app):ours", "--digest", Self.ours.digest)
    #expect(same.status == 3)
    #expect(same.outputText == "same  \(app):ours@\(Self.ours.digest)\n")
    #expect(same.errorText == "tagpin: the registry has all of it already: nothing to push\n")

    let taken = try await sandbox.tagpin("guard", "\(app):theirs", "--digest", Self.ours.digest)
    #expect(taken.status == 1)
    #expect(
      taken.outputText == """
        taken  \(app):theirs: it is \(Self.theirs.digest), not the \(Self.ours.digest) that is to be pushed, \
        created 2026-08-01T10:00:00Z, revision 1a2b3c4, source https://git.example.test/app

        """)

    let missing = try await sandbox.tagpin("guard", "\(registry.host)/team/typo:1")
    #expect(missing.status == 2)
    #expect(missing.outputText.hasPrefix("missing  \(registry.host)/team/typo:1: there is no such repository"), "\(missing.outputText)")
    let new = try await sandbox.tagpin("guard", "\(registry.host)/team/typo:1", "--allow-new-repository")
    #expect(new.status == 0)
    #expect(new.outputText == "free  \(registry.host)/team/typo:1: its repository does not exist yet\n")

    let unknown = try await sandbox.tagpin("guard", nobody, "--allow-new-repository")
    #expect(unknown.status == 2)
    #expect(unknown.outputText.hasPrefix("unknown  \(nobody): cannot connect to "), "\(unknown.outputText)")

    let all = try await sandbox.tagpin("guard", "\(app):new", "\(app):theirs", nobody, "\(registry.host)/team/typo:1")
    #expect(all.status == 2)
    #expect(all.outputText.split(separator: "\n").map { String($0.prefix { $0 != " " }) } == ["free", "taken", "unknown", "missing"])
    #expect(try await sandbox.tagpin("guard", "\(app):new", "\(app):theirs").status == 1)
  }

  @Test func `a registry without authentication`() async throws {
    try await withImages({ _ in "" }) { try await expectFiveStates($0, $1) }
  }

  @Test func `a registry with passwords`() async throws {
    try await withImages({ sandbox in
      let users = try await sandbox.program("htpasswd").checked(["-nbB", "-C", "4", "alice", "pa55word"])
      try sandbox.write(users, to: "\(sandbox.root)/htpasswd")
      return "auth: {htpasswd: {realm: test, path: \(sandbox.root)/htpasswd}}"
    }) { sandbox, registry in
      let stranger = try await sandbox.tagpin("guard", "\(registry.host)/team/app:new", "--allow-new-repository")
      #expect(stranger.status == 2)
      #expect(stranger.outputText.contains("answered 401"), "\(stranger.outputText)")
      #expect(stranger.outputText.hasSuffix("; log in with the right to push, or create the repository first\n"))
      let auth = Data("alice:pa55word".utf8).base64EncodedString()
      try sandbox.write("{\"auths\": {\"\(registry.host)\": {\"auth\": \"\(auth)\"}}}", to: "\(sandbox.home)/.docker/config.json")
      try await expectFiveStates(sandbox, registry)
    }
  }

  @Test func `a registry with tokens`() async throws {
    try await Sandbox.with { outer in
      let service = try await TokenService(in: outer)
      try await ScriptedServer.serving { request in
        (try? service.reply(to: request, anonymous: false)) ?? .error(500, "UNKNOWN")
      } while: { tokens in
        try await withImages({ _ in service.settings(realm: "http://127.0.0.1:\(tokens.port)/token") }) { sandbox, registry in
          let stranger = try await sandbox.tagpin("guard", "\(registry.host)/team/app:new")
          #expect(stranger.status == 2)
          #expect(stranger.outputText.contains("log in with the right to push"), "\(stranger.outputText)")
          let auth = Data("alice:\(TokenService.password)".utf8).base64EncodedString()
          try sandbox.write("{\"auths\": {\"\(registry.host)\": {\"auth\": \"\(auth)\"}}}", to: "\(sandbox.home)/.docker/config.json")
          let before = tokens.requests.count
          try await expectFiveStates(sandbox, registry)
          let scopes = tokens.requests.dropFirst(before).compactMap {
            URLComponents(string: "/?" + $0.query)?.queryItems?.filter { $0.name == "scope" }.compactMap(\.value).joined(separator: " ")
          }
          // What a push asks for; a manifest's own blobs are read as a pull.
          #expect(scopes.contains("repository:team/app:pull,push"), "\(scopes)")
          #expect(scopes.allSatisfy { $0.hasSuffix(":pull,push") || $0.hasSuffix(":pull") }, "\(scopes)")
        }
      }
    }
  }

  @Test func `an image is the same only for all platforms that are wanted`() async throws {
    try await withImages({ _ in "" }) { sandbox, registry in
      let reference = "\(registry.host)/team/app:multi"
      let arguments = ["guard", reference, "--digest", Self.multi.digest, "--platform", "linux/amd64", "--platform", "linux/arm64/v8"]
      let program = sandbox.program(Program.tagpinPath)
      #expect(try await program.run(arguments).status == 3)
      let lacking = try await program.run(arguments + ["--platform", "linux/s390x"])
      #expect(lacking.status == 1)
      #expect(
        lacking.outputText == "taken  \(reference): it is \(Self.multi.digest), not for linux/s390x, only for linux/amd64, linux/arm64\n")
      let single = try await sandbox.tagpin(
        "guard", "\(registry.host)/team/app:ours", "--digest", Self.ours.digest, "--platform", "linux/arm64")
      #expect(single.outputText.contains("not for linux/arm64, only for linux/amd64"), "\(single.outputText)")
    }
  }

  @Test func `tags that are meant to move are reported, and raise nothing`() async throws {
    try await withImages({ _ in "" }) { sandbox, registry in
      let app = "\(registry.host)/team/app"
      let option = try await sandbox.tagpin("guard", "\(app):theirs", "\(app):new", "--allow", "th*s")
      #expect(option.status == 0)
      #expect(option.outputText == "taken  \(app):theirs: it is \(Self.theirs.digest) (allowed to move)\nfree   \(app):new\n")
      try await sandbox.track([".tagpin.yaml": "guard: { allow: ['th*'], allow-new-repository: true }\n"])
      #expect(try await sandbox.tagpin("guard", "\(app):theirs", "\(registry.host)/team/next:1").status == 0)
      #expect(try await sandbox.tagpin("guard", "\(app):ours").status == 1)
    }
  }

  @Test func `references come from standard input, as metadata-action prints them`() async throws {
    try await withImages({ _ in "" }) { sandbox, registry in
      let app = "\(registry.host)/team/app"
      let outcome = try await sandbox.tagpin("guard", "-", input: Array("\(app):new\r\n\n\(app):ours\n".utf8))
      #expect(outcome.status == 1)
      #expect(outcome.outputText.hasPrefix("free   \(app):new\ntaken  \(app):ours: "), "\(outcome.outputText)")
      let nothing = try await sandbox.tagpin("guard", "-")
      #expect(nothing.status == 2)
      #expect(nothing.errorText.contains("standard input"), "\(nothing.errorText)")
    }
  }

  @Test func `builds say what they push, and what it is`() async throws {
    try await withImages({ _ in "" }) { sandbox, registry in
      let app = "\(registry.host)/team/app"
      try sandbox.write("{\"target\": {\"web\": {\"tags\": [\"\(app):new\", \"\(app):ours\"]}}}", to: "bake.json")
      let bake = try await sandbox.tagpin("guard", "--bake", "bake.json")
      #expect(bake.status == 1)
      #expect(bake.outputText.hasPrefix("free   \(app):new\ntaken  \(app):ours: "), "\(bake.outputText)\(bake.errorText)")
      try sandbox.write(
        "{\"containerimage.digest\": \"\(Self.ours.digest)\", \"image.name\": \"\(app):ours,\(app):theirs\"}", to: "metadata.json")
      let known = try await sandbox.tagpin("guard", "--bake", "bake.json", "--metadata-file", "metadata.json")
      #expect(known.status == 0)
      #expect(known.outputText == "free  \(app):new\nsame  \(app):ours@\(Self.ours.digest)\n")
      // Without references, all that was built is guarded.
      let built = try await sandbox.tagpin("guard", "--metadata-file", "metadata.json")
      #expect(built.status == 1)
      #expect(built.outputText.hasPrefix("same   \(app):ours@\(Self.ours.digest)\ntaken  \(app):theirs: "), "\(built.outputText)")
      try sandbox.write("services: {web: {build: ., image: '\(app):${TAG:-ours}'}, db: {image: 'postgres:16'}}\n", to: "compose.yaml")
      try sandbox.write(Image.digest(Self.ours.blobs[0]) + "\n", to: "iid")
      let compose = try await sandbox.tagpin("guard", "--compose", "compose.yaml", "--iidfile", "iid")
      #expect(compose.status == 3, "\(compose.outputText)\(compose.errorText)")
      try sandbox.write("TAG=new\n", to: ".env")
      #expect(try await sandbox.tagpin("guard", "--compose", "compose.yaml").outputText == "free  \(app):new\n")
    }
  }

  @Test func `reports are for machines, too`() async throws {
    try await withImages({ _ in "" }) { sandbox, registry in
      let app = "\(registry.host)/team/app"
      let json = try await sandbox.tagpin("guard", "\(app):theirs", "--format", "json")
      #expect(json.status == 1)
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
      #expect(object["result"] as? String == "taken")
      #expect(object["digest"] as? String == Self.theirs.digest)
      let reference = try #require((object["references"] as? [[String: Any]])?.first)
      #expect(reference["revision"] as? String == "1a2b3c4")
      let github = ["GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": "\(sandbox.root)/output", "GITHUB_STEP_SUMMARY": "\(sandbox.root)/summary"]
      let run = try await sandbox.tagpin("guard", "\(app):theirs", environment: github)
      #expect(run.outputText.hasPrefix("taken  "))
      #expect(run.errorText.contains("::error title=tagpin%3A taken::\(app):theirs: it is \(Self.theirs.digest)"), "\(run.errorText)")
      #expect(try sandbox.text("\(sandbox.root)/output") == "result=taken\ndigest=\(Self.theirs.digest)\n")
      #expect(try sandbox.text("\(sandbox.root)/summary").contains("**taken**"))
      let quiet = try await sandbox.tagpin("guard", "--quiet", "\(app):new", "\(app):ours", "--digest-file", "digests")
      #expect(quiet.outputText.hasPrefix("taken  \(app):ours"))
      #expect(try sandbox.text("digests") == "")
      _ = try await sandbox.tagpin("guard", "\(app):ours", "--digest", Self.ours.digest, "--digest-file", "digests")
      #expect(try sandbox.text("digests") == "\(app):ours@\(Self.ours.digest)\n")
    }
  }

  @Test func `wrong usage ends with 64 before anything is asked`() async throws {
    let digest = Self.ours.digest
    let refusals: [([String], String)] = [
      ([], "nothing to guard"), (["Not An Image"], "'Not An Image'"), (["app@\(digest)"], "digest"), ([digest], "digest"),
      (["a:1", "b:1", "--digest", digest], "--digest"), (["a:1", "--digest", "sha256:1"], "sha256:1"), (["a:1", "--allow", "["], "["),
      (["a:1", "--platform", "linux"], "linux"), (["a:1", "--digest", digest, "--iidfile", "x"], "--iidfile"),
      (["a:1", "--format", "json", "--", "true"], "--format json"), (["a:1", "--"], "behind '--'"),
      (["-", "--bake", "-"], "standard input"),
      (["a:1", "--jobs", "0"], "--jobs"),
    ]
    try await Sandbox.with { sandbox in
      for (arguments, words) in refusals {
        let outcome = try await sandbox.program(Program.tagpinPath, environment: ["HTTPS_PROXY": "http://127.0.0.1:1"]).run(
          ["guard"] + arguments)
        #expect(outcome.status == 64, "\(arguments): \(outcome.outputText)\(outcome.errorText)")
        #expect(outcome.errorText.contains(words), "\(arguments): \(outcome.errorText)")
      }
      let unreadable = try await sandbox.tagpin("guard", "--bake", "nowhere.json")
      #expect(unreadable.status == 2)
      #expect(unreadable.errorText.contains("nowhere.json"), "\(unreadable.errorText)")
      let around = try await sandbox.tagpin("guard", "a:1", "--digest-file", "no/such/directory/file", "--", "touch", "ran")
      #expect(around.status == 122)
      #expect(try !sandbox.names().contains("ran"))
    }
  }
}
