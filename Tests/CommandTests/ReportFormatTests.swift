import Foundation
import ServersForTests
import Testing

/// Reports for programs.
@Suite(.timeLimit(.minutes(30))) struct ReportFormatTests {
  private static let image = Image.single("app")

  private func withFiles(_ body: (Sandbox, ScriptedServer) async throws -> Void) async throws {
    try await ScriptedServer.serving { request in
      request.path.hasSuffix("/missing") ? .noSuchTag : .manifest(Self.image)
    } while: { server in
      let text = """
        # é
        services:
          a: {image: "\(server.host)/app:1"}
          b: {image: "\(server.host)/app:missing"}
          c: {image: "\(server.host)/app@\(Self.image.digest)"}
          d: {image: "${IMAGE}"}

        """
      try await Sandbox.with(["compose.yaml": text, "broken/compose.yaml": "services: [\n"]) { try await body($0, server) }
    }
  }

  private func object(_ outcome: Outcome) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
  }

  @Test func `JSON has the documented fields`() async throws {
    try await withFiles { sandbox, server in
      let outcome = try await sandbox.tagpin("pin", "--keep-going", "--format", "json")
      #expect(outcome.status == 2)
      let report = try object(outcome)
      #expect(report["version"] as? Int == 1)
      #expect(report["command"] as? String == "pin")
      #expect(report["dryRun"] as? Bool == false)
      #expect(report["exitCode"] as? Int == 2)
      #expect(report["notWritten"] == nil)
      #expect(report["warnings"] as? [String] == [])
      let expected = [
        "files": 1, "sites": 4, "changed": 1, "unpinned": 0, "pinned": 1, "skipped": 1, "failed": 1, "written": 1, "filesSkipped": 0,
        "filesFailed": 1, "skippedMutable": 1, "skippedLikely": 0,
      ]
      #expect(report["summary"] as? [String: Int] == expected)

      let files = try #require(report["files"] as? [[String: Any]])
      #expect(files.map { $0["path"] as? String } == ["broken/compose.yaml", "compose.yaml"])
      let note = try #require(files[0]["note"] as? [String: Any])
      #expect(note["state"] as? String == "failed")
      #expect(note["line"] as? Int != nil)
      #expect(note["column"] as? Int != nil)
      #expect(note["configuration"] as? String == "exclude: [\"broken/compose.yaml\"]")
      #expect(files[1]["dialect"] as? String == "compose")
      #expect(files[1]["written"] as? Bool == true)

      let sites = try #require(files[1]["sites"] as? [[String: Any]])
      #expect(sites.map { $0["state"] as? String } == ["changed", "failed", "pinned", "skipped"])
      #expect(sites.map { $0["place"] as? String } == ["a", "b", "c", "d"].map { "services.\($0).image" })
      #expect(sites.allSatisfy { $0["kind"] as? String == "image" })
      let first = sites[0]
      let text = "\(server.host)/app:1"
      #expect(first["text"] as? String == text)
      #expect(first["reference"] as? String == text)
      #expect(first["tag"] as? String == "1")
      #expect(first["digest"] is NSNull)
      #expect(first["line"] as? Int == 3)
      #expect(first["column"] as? Int == 15)
      #expect(first["offset"] as? Int == 5 + 10 + 14)
      #expect(first["length"] as? Int == text.utf8.count)
      #expect(first["newText"] as? String == "\(text)@\(Self.image.digest)")
      #expect(first["newDigest"] as? String == Self.image.digest)
      let error = try #require(sites[1]["error"] as? [String: String])
      #expect(error["code"] == "not-found")
      #expect(error["message"]?.contains("no such tag") == true)
      #expect(error["configuration"] == "ignore: [{ image: \"\(server.host)/app:missing\" }]")
      #expect(sites[2]["digest"] as? String == Self.image.digest)
      let reason = try #require(sites[3]["reason"] as? [String: String])
      #expect(reason["code"] == "not-literal")
      #expect(reason["message"]?.isEmpty == false)
    }
  }

  @Test func `JSON says why nothing was written`() async throws {
    try await withFiles { sandbox, _ in
      let report = try object(try await sandbox.tagpin("pin", "--format", "json"))
      #expect((report["notWritten"] as? String)?.contains("--keep-going") == true)
      #expect((report["summary"] as? [String: Int])?["written"] == 0)
    }
  }

  @Test func `JSON of the commands that only look, and of resolve`() async throws {
    try await withFiles { sandbox, server in
      for (command, status) in [("list", 2), ("check", 2), ("unpin", 2), ("update", 2)] {
        let outcome = try await sandbox.program(Program.tagpinPath).run([command, "--format", "json"])
        #expect(outcome.status == status)
        let report = try object(outcome)
        #expect(report["command"] as? String == command)
        #expect(report["exitCode"] as? Int == status)
      }
      let resolved = try object(
        try await sandbox.tagpin("resolve", "--format", "json", "\(server.host)/app:1", "\(server.host)/app:missing"))
      #expect(resolved["command"] as? String == "resolve")
      #expect(resolved["exitCode"] as? Int == 2)
      let references = try #require(resolved["references"] as? [[String: Any]])
      #expect(references[0]["pinned"] as? String == "\(server.host)/app:1@\(Self.image.digest)")
      #expect(references[0]["digest"] as? String == Self.image.digest)
      #expect((references[1]["error"] as? [String: String])?["code"] == "not-found")
    }
  }

  @Test func `--format github writes annotations`() async throws {
    try await withFiles { sandbox, server in
      let outcome = try await sandbox.tagpin("check", "--format", "github")
      #expect(outcome.status == 2)
      let lines = outcome.outputText.split(separator: "\n")
      #expect(lines.contains { $0.hasPrefix("::error file=broken/compose.yaml,line=") })
      #expect(
        lines.contains { $0.hasPrefix("::error file=compose.yaml,line=3,col=15,endColumn=") && $0.contains("'\(server.host)/app:1'") })
    }
  }

  @Test func `--format markdown, and reports in files beside the text`() async throws {
    try await withFiles { sandbox, server in
      let page = try await sandbox.tagpin("check", "--format", "markdown")
      #expect(page.status == 2)
      #expect(page.outputText.hasPrefix("`tagpin check`: 2 unpinned, "))
      #expect(page.outputText.contains("\n| `\(server.host)/app:1` | `floating-tag` | `compose.yaml:3` |\n"))

      try sandbox.write("what was there", to: "report.md")
      let outcome = try await sandbox.tagpin(
        "pin", "--keep-going", "--report", "json=report.json", "--report=markdown=report.md", "--report", "text=\(sandbox.root)/a=b.txt")
      #expect(outcome.status == 2)
      #expect(outcome.outputText == (try sandbox.text("\(sandbox.root)/a=b.txt")))
      let report = try #require(try JSONSerialization.jsonObject(with: Data(try sandbox.bytes("report.json"))) as? [String: Any])
      #expect(report["exitCode"] as? Int == 2)
      #expect(try sandbox.text("report.md").contains("\n| `\(server.host)/app:1` | `sha256:"))
    }
  }

  @Test func `a report that cannot be written fails the run, when its work is done`() async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      try await Sandbox.with(["compose.yaml": "services: {a: {image: '\(server.host)/app:1'}}\n"]) { sandbox in
        let outcome = try await sandbox.tagpin("pin", "--report", "json=nowhere/report.json")
        #expect(outcome.status == 2)
        #expect(outcome.errorText == "tagpin: error: cannot write the report to 'nowhere/report.json': no such file or directory\n")
        #expect(try sandbox.text("compose.yaml").contains("@sha256:"))
        if FileManager.default.fileExists(atPath: "/dev/full") {
          let full = try await sandbox.tagpin("list", "--report", "json=/dev/full")
          #expect(full.status == 2)
          #expect(full.errorText.contains("'/dev/full': no space left on device"), "\(full.errorText)")
        }
      }
    }
  }

  @Test func `on GitHub's runners the text comes with annotations and a page`() async throws {
    try await withFiles { sandbox, server in
      let environment = [
        "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "\(sandbox.root)/summary.md", "GITHUB_OUTPUT": "\(sandbox.root)/output",
      ]
      try sandbox.write("what was there\n", to: "\(sandbox.root)/summary.md")
      let outcome = try await sandbox.tagpin("check", environment: environment)
      #expect(outcome.status == 2)
      #expect(!outcome.outputText.contains("::error"))
      #expect(outcome.outputText.contains("compose.yaml"))
      #expect(outcome.errorText.contains("::error file=compose.yaml,line=3"))
      let page = try sandbox.text("\(sandbox.root)/summary.md")
      #expect(page.hasPrefix("what was there\n"))
      #expect(page.contains("### tagpin check"))
      #expect(page.contains("| `compose.yaml:3` | `\(server.host)/app:1` |"), "\(page)")

      for arguments in [["check", "--format", "json"], ["resolve", "\(server.host)/app:1"], ["check", "-", "--dialect", "compose"]] {
        let other = try await sandbox.program(Program.tagpinPath, environment: environment).run(
          arguments, input: Array("services: {a: {image: x}}\n".utf8))
        #expect(!other.errorText.contains("::"), "\(arguments): \(other.errorText)")
      }
      #expect(try sandbox.text("\(sandbox.root)/summary.md") == page)
      #expect(try sandbox.text("\(sandbox.root)/output") == "changed=false\nchanged-files<<TAGPIN\nTAGPIN\n")
    }
  }

  @Test func `--quiet says what failed and was found`() async throws {
    try await withFiles { sandbox, server in
      let outcome = try await sandbox.tagpin("pin", "--quiet", "--keep-going")
      #expect(outcome.outputText.contains("no such tag"))
      #expect(!outcome.outputText.contains("→"))
      let check = try await sandbox.tagpin("check", "--quiet")
      #expect(check.outputText.contains("\(server.host)/app:missing"))
      #expect(!check.outputText.contains("IMAGE"))
    }
  }
}
