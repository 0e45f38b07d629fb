import Configuration
import Dialects
import Pinning
import References
import Rules
import Testing

/// Images in command lines: digests always, tags only where the configuration says so.
@Suite struct ScriptTests {
  private static let digest = "sha256:\(String(repeating: "1", count: 64))"
  private static let script = "docker run tagged:1\ndocker run bare\ndocker run pinned:1@\(digest)\ndocker run a:\"1\"\n"

  private func states(_ command: Report.Command, scripts: Bool, _ script: String = Self.script) async throws -> [String] {
    var options = RunOptions(command)
    options.isDryRun = true
    options.keepsGoing = true
    options.configuration.pinsScripts = scripts
    let scanned = try #require(Scan { _ in .success(Array(script.utf8)) }.scan(SourceFile(path: "ci.sh", absolutePath: "/ci.sh")))
    let report = await Run(options, resolver: FixtureResolver()).report(on: [scanned])
    return report.files.flatMap(\.sites).map { if case .skipped(let reason) = $0.state { reason.rule.id } else { $0.state.code } }
  }

  @Test func `tags are left alone until the configuration says otherwise`() async throws {
    let tag = "tag-in-script"
    #expect(try await states(.list, scripts: false) == [tag, tag, "pinned", tag])
    #expect(try await states(.check, scripts: false) == [tag, tag, "pinned", tag])
    #expect(try await states(.pin, scripts: false) == [tag, tag, "pinned", tag])
    #expect(try await states(.update, scripts: false) == [tag, tag, "changed", tag])
    #expect(try await states(.unpin, scripts: false) == [tag, tag, "changed", tag])
    #expect(try await states(.list, scripts: true) == ["unpinned", "unpinned", "pinned", "failed"])
    #expect(try await states(.pin, scripts: true) == ["changed", "changed", "pinned", "failed"])
    #expect(try await states(.unpin, scripts: true) == ["unpinned", "unpinned", "changed", "failed"])
  }

  @Test func `a variable is written where the configuration says so, and nothing else uses it`() async throws {
    let script =
      "A=run:1\nB=shown:1\nIMAGE=named:1\nOLD_IMAGE=old:1@\(Self.digest)\ndocker run $A\ndocker run $B\necho $B\n"
    let tag = "tag-in-script"
    let uses = ["not-literal", "not-literal"]
    for command in [Report.Command.list, .check, .pin] {
      #expect(try await states(command, scripts: false, script) == [tag, tag, tag, "pinned"] + uses)
    }
    #expect(try await states(.update, scripts: false, script) == [tag, tag, tag, "changed"] + uses)
    // What was pinned before goes back to its tag, as in command lines.
    #expect(try await states(.unpin, scripts: false, script) == [tag, tag, tag, "changed"] + uses)
    #expect(try await states(.pin, scripts: true, script) == ["changed", "used-otherwise", "likely", "pinned"] + uses)
    #expect(try await states(.check, scripts: true, script) == ["unpinned", "unpinned", "likely", "pinned"] + uses)
  }

  @Test func `the reason names the setting`() {
    #expect(SkipReason.tagInScript.description == "not pinned in scripts; 'scripts: true' in the configuration pins it, too")
  }

  @Test func `what the repository builds is left alone for that reason`() async throws {
    let script = "docker build -t acme/app .\ndocker run acme/app:1\n"
    for scripts in [true, false] { #expect(try await states(.pin, scripts: scripts, script) == ["built-here"]) }
  }
}
