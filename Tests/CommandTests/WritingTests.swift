import Foundation
import ServersForTests
import Testing

/// How files are replaced.
@Suite(.timeLimit(.minutes(30))) struct WritingTests {
  private static let image = Image.single("app")

  private func withServer(_ body: (Sandbox, ScriptedServer) async throws -> Void) async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      try await Sandbox.with { try await body($0, server) }
    }
  }

  private func compose(_ server: ScriptedServer, pinned: Bool = false) -> String {
    "services: {a: {image: '\(server.host)/app:1\(pinned ? "@\(Self.image.digest)" : "")'}}\n"
  }

  @Test func `mode and symbolic links stay, and nothing is left behind`() async throws {
    try await withServer { sandbox, server in
      try sandbox.write(compose(server), to: "\(sandbox.root)/elsewhere/real.yaml")
      try await sandbox.track(["a/compose.yaml": compose(server), "b/data.yaml": compose(server)])
      try sandbox.setMode(0o640, of: "a/compose.yaml")
      try FileManager.default.createDirectory(atPath: sandbox.path("c"), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: sandbox.path("c/compose.yaml"), withDestinationPath: "../b/data.yaml")
      let outcome = try await sandbox.tagpin("pin", "a", "c/compose.yaml")
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      #expect(try sandbox.text("a/compose.yaml") == compose(server, pinned: true))
      #expect(try sandbox.mode(of: "a/compose.yaml") == 0o640)
      #expect(try sandbox.names(in: "a") == ["compose.yaml"])
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: sandbox.path("c/compose.yaml")) == "../b/data.yaml")
      #expect(try sandbox.text("b/data.yaml") == compose(server, pinned: true))
      #expect(try sandbox.names(in: "c") == ["compose.yaml"])
    }
  }

  @Test func `symbolic links in the repository are not followed`() async throws {
    try await withServer { sandbox, server in
      try sandbox.write(compose(server), to: "\(sandbox.root)/elsewhere/compose.yaml")
      try FileManager.default.createSymbolicLink(atPath: sandbox.path("compose.yaml"), withDestinationPath: "../elsewhere/compose.yaml")
      try await sandbox.git("add", "-A")
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 0)
      #expect(try sandbox.text("\(sandbox.root)/elsewhere/compose.yaml") == compose(server))
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `a read-only file is a failure, and keeps the others from being written`() async throws {
    try await withServer { sandbox, server in
      let files = ["a/compose.yaml": compose(server), "b/compose.yaml": compose(server)]
      try await sandbox.track(files)
      try sandbox.setMode(0o444, of: "b/compose.yaml")
      let run = { (arguments: [String]) in
        // Root may write whatever it likes, unless it gives its capabilities away.
        guard geteuid() == 0 else { return try await sandbox.program(Program.tagpinPath).run(arguments) }
        return try await sandbox.program("setpriv").run(["--inh-caps=-all", "--bounding-set=-all", Program.tagpinPath] + arguments)
      }
      let outcome = try await run(["pin"])
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("b/compose.yaml"))
      #expect(outcome.outputText.contains("read-only"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("exclude: [\"b/compose.yaml\"]"))
      #expect(try sandbox.snapshot() == files.bytes)

      let rest = try await run(["pin", "--keep-going"])
      #expect(rest.status == 2)
      #expect(try sandbox.text("a/compose.yaml") == compose(server, pinned: true))
      #expect(try sandbox.text("b/compose.yaml") == compose(server))
      #expect(try sandbox.mode(of: "b/compose.yaml") == 0o444)
    }
  }

  @Test func `a file that cannot be replaced is a failure, and keeps the others from being written`() async throws {
    try await withServer { sandbox, server in
      let files = ["a/compose.yaml": compose(server)]
      try await sandbox.track(files)
      // Named, so that it is read; not a file whose place another can take.
      try await sandbox.program("mkfifo").checked([sandbox.path("compose.yaml")])
      let outcome = try await sandbox.tagpin("pin", "a", "compose.yaml")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("compose.yaml"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("exclude: [\"compose.yaml\"]"), "\(outcome.outputText)")
    }
  }

  @Test func `a file that changed after it was read is not overwritten`() async throws {
    let gate = Gate()
    try await ScriptedServer.serving { _ in
      await gate.arriveAndWait()
      return .manifest(Self.image)
    } while: { server in
      try await Sandbox.with(["a/compose.yaml": compose(server), "b/compose.yaml": compose(server)]) { sandbox in
        async let running = sandbox.tagpin("pin")
        await gate.waitForArrival()
        let changed = compose(server) + "# somebody else was here\n"
        try sandbox.write(changed, to: "b/compose.yaml")
        await gate.open()
        let outcome = try await running
        #expect(outcome.status == 2)
        #expect(outcome.outputText.contains("b/compose.yaml"))
        #expect(outcome.outputText.contains("changed on disk"), "\(outcome.outputText)")
        #expect(try sandbox.text("b/compose.yaml") == changed)
        #expect(try sandbox.text("a/compose.yaml") == compose(server))
        #expect(try sandbox.names(in: "a") == ["compose.yaml"])
        #expect(try sandbox.names(in: "b") == ["compose.yaml"])
      }
    }
  }

  @Test func `--dry-run and --diff write nothing`() async throws {
    try await withServer { sandbox, server in
      let files = ["compose.yaml": compose(server)]
      try await sandbox.track(files)
      for option in ["--dry-run", "--diff"] {
        #expect(try await sandbox.tagpin("pin", option).status == 0)
        #expect(try await sandbox.tagpin("pin", option, "--exit-code").status == 1)
        #expect(try sandbox.snapshot() == files.bytes)
      }
    }
  }
}

extension WritingTests {
  enum Detour: String, CaseIterable {
    case fileOutside, directoryOutside, upperDirectoryOutside, directoryInside, gitsOwn
  }

  @Test(arguments: Detour.allCases) func `what a symbolic link leads away from the repository's files is not read and not written`(
    detour: Detour
  )
    async throws
  {
    try await withServer { sandbox, server in
      let text = compose(server)
      try await sandbox.track(["a/b/compose.yaml": text, "other/b/compose.yaml": text, "c/compose.yaml": text])
      try sandbox.write(text, to: "\(sandbox.root)/outside/b/compose.yaml")
      try sandbox.write(text, to: ".git/compose.yaml")
      let (link, target, victim) =
        switch detour {
        case .fileOutside: ("a/b/compose.yaml", "\(sandbox.root)/outside/b/compose.yaml", "\(sandbox.root)/outside/b/compose.yaml")
        case .directoryOutside: ("a/b", "../../outside/b", "\(sandbox.root)/outside/b/compose.yaml")
        case .upperDirectoryOutside: ("a", "../outside", "\(sandbox.root)/outside/b/compose.yaml")
        case .directoryInside: ("a/b", "../other/b", "other/b/compose.yaml")
        case .gitsOwn: ("a/b/compose.yaml", "../../.git/compose.yaml", ".git/compose.yaml")
        }
      try FileManager.default.removeItem(atPath: sandbox.path(link))
      try FileManager.default.createSymbolicLink(atPath: sandbox.path(link), withDestinationPath: target)
      let leftover = victim.replacing("compose.yaml", with: ".x.tagpin-0123456789abcdef")
      try sandbox.write("somebody's", to: leftover)
      let why =
        link == "a/b/compose.yaml" ? "it is a symbolic link that leads out of the repository" : "it is beyond the symbolic link '\(link)'"

      let listed = try await sandbox.tagpin("list", "--exclude", "other/**")
      #expect(listed.status == 2)
      #expect(listed.outputText.contains(why), "\(listed.outputText)")
      #expect(listed.outputText.components(separatedBy: server.host).count == 2, "\(listed.outputText)")
      let all = try await sandbox.tagpin("pin", "--keep-going", "--exclude", "other/**")
      #expect(all.status == 2)
      #expect(all.outputText.contains(why), "\(all.outputText)")
      #expect(try sandbox.text(victim) == text)
      #expect(try sandbox.text("c/compose.yaml") == compose(server, pinned: true))
      #expect(try sandbox.text(leftover) == "somebody's")

      // What is named: nothing else where it leads out, and the directory that it is where it does not.
      let named = try await sandbox.tagpin("pin", "--keep-going", "a/b/../b", "c")
      if detour == .directoryInside {
        #expect(named.status == 0, "\(named.errorText)")
        #expect(try sandbox.text(victim) == compose(server, pinned: true))
      } else {
        #expect(named.status == 2)
        let reason = detour == .directoryOutside ? "it is a symbolic link that leads out of the repository" : why
        #expect((named.outputText + named.errorText).contains(reason), "\(named.outputText)\(named.errorText)")
        #expect(try sandbox.text(victim) == text)
        #expect(try sandbox.text(leftover) == "somebody's")
      }
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: sandbox.path(link)) == target)
    }
  }
}
