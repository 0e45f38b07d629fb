import Dialects
import Foundation
import Pinning
import Reporting
import Rules
import SourceText
import Testing

@Suite struct JSONRendererTests {
  @Test func `every state has its members, in their order`() {
    var report = everything(.pin)
    report.files.removeAll { $0.path == "api/Dockerfile" }
    report.warnings = [Warning(.registryWarning, "slow")]
    #expect(
      JSONRenderer.render(report) == """
        {
          "version": 1,
          "command": "pin",
          "dryRun": false,
          "exitCode": 2,
          "summary": {
            "files": 1,
            "sites": 5,
            "changed": 1,
            "unpinned": 1,
            "pinned": 1,
            "skipped": 1,
            "failed": 1,
            "written": 1,
            "filesSkipped": 1,
            "filesFailed": 1,
            "skippedMutable": 1,
            "skippedLikely": 0
          },
          "files": [
            {
              "path": "chart/templates/pod.yaml",
              "dialect": null,
              "written": false,
              "note": {
                "state": "skipped",
                "code": "template",
                "message": "a template",
                "line": 2,
                "column": 1
              },
              "sites": []
            },
            {
              "path": "compose.yaml",
              "dialect": "compose",
              "written": true,
              "sites": [
                {
                  "place": "services.web.image",
                  "pattern": "services.*.image",
                  "kind": "image",
                  "line": 12,
                  "column": 9,
                  "offset": 1209,
                  "length": 10,
                  "text": "nginx:1.25",
                  "reference": "docker.io/library/nginx:1.25",
                  "tag": "1.25",
                  "digest": null,
                  "state": "changed",
                  "level": "floating",
                  "rule": "changed",
                  "severity": "note",
                  "newText": "nginx:1.25@\(digestA)",
                  "newDigest": "\(digestA)"
                },
                {
                  "place": "services.cache.image",
                  "pattern": null,
                  "kind": "image",
                  "line": 30,
                  "column": 12,
                  "offset": 3012,
                  "length": 79,
                  "text": "redis:7@\(digestB)",
                  "reference": "docker.io/library/redis:7@\(digestB)",
                  "tag": "7",
                  "digest": "\(digestB)",
                  "state": "pinned",
                  "level": "digest",
                  "rule": "pinned",
                  "severity": null
                },
                {
                  "place": "services.app.image",
                  "pattern": null,
                  "kind": "image",
                  "line": 40,
                  "column": 12,
                  "offset": 4012,
                  "length": 8,
                  "text": "${IMAGE}",
                  "reference": null,
                  "tag": null,
                  "digest": null,
                  "state": "skipped",
                  "level": null,
                  "rule": "not-literal",
                  "severity": null,
                  "reason": {
                    "code": "not-literal",
                    "message": "'${IMAGE}' is filled in elsewhere"
                  },
                  "mutable": true
                },
                {
                  "place": "services.old.image",
                  "pattern": null,
                  "kind": "image",
                  "line": 50,
                  "column": 12,
                  "offset": 5012,
                  "length": 10,
                  "text": "nginx:1.99",
                  "reference": "docker.io/library/nginx:1.99",
                  "tag": "1.99",
                  "digest": null,
                  "state": "failed",
                  "level": "floating",
                  "rule": "not-found",
                  "severity": "error",
                  "error": {
                    "code": "not-found",
                    "message": "cannot resolve 'nginx:1.99': registry-1.docker.io answered 404 (no such tag)",
                    "configuration": "ignore: [{ image: \\"nginx:1.99\\" }]"
                  }
                },
                {
                  "place": "services.box.image",
                  "pattern": null,
                  "kind": "image",
                  "line": 60,
                  "column": 12,
                  "offset": 6012,
                  "length": 7,
                  "text": "busybox",
                  "reference": "docker.io/library/busybox",
                  "tag": null,
                  "digest": null,
                  "state": "unpinned",
                  "level": "latest",
                  "rule": "unpinned",
                  "severity": "note"
                }
              ]
            },
            {
              "path": "deploy/broken.yaml",
              "dialect": null,
              "written": false,
              "note": {
                "state": "failed",
                "code": "unreadable",
                "message": "a ':' is missing",
                "line": 3,
                "column": 7,
                "configuration": "exclude: [\\"deploy/broken.yaml\\"]"
              },
              "sites": []
            }
          ],
          "warnings": [
            "slow"
          ]
        }

        """)
  }

  @Test func `nothing is a document, too`() {
    let text = JSONRenderer.render(Report(command: .check, isDryRun: true, notWritten: "why"))
    #expect(
      text.hasPrefix(
        "{\n  \"version\": 1,\n  \"command\": \"check\",\n  \"dryRun\": true,\n  \"exitCode\": 2,\n  \"notWritten\": \"why\",\n"))
    #expect(text.hasSuffix("  \"files\": [],\n  \"warnings\": []\n}\n"))
  }

  @Test func `the exit code is the one of the command with its options`() {
    let report = Report(command: .pin, files: [FileReport(path: "a", sites: [site("x", 1, 1, .changed(to: "x:latest@" + digestA))])])
    #expect(JSONRenderer.render(report).contains("\"exitCode\": 0,"))
    #expect(JSONRenderer.render(report, reportsChanges: true).contains("\"exitCode\": 1,"))
  }

  @Test(arguments: [
    "plain", "\"\\/", "\u{08}\u{0C}\n\r\t\u{00}\u{1F}\u{7F}", "\u{2028}\u{2029}", "grüße 名前 😀 e\u{301}", "\r\n", "\u{FEFF}x", "\u{FFFD}",
    "",
  ])
  func `another reader reads the texts that were written`(text: String) throws {
    let document = JSONRenderer.render(Report(command: .list, warnings: [Warning(.gitWarning, text)]))
    let parsed = try #require(JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
    let warnings = try #require(parsed["warnings"] as? [String])
    #expect(warnings.map { Array($0.unicodeScalars) } == [Array(text.unicodeScalars)])
  }

  @Test func `all formats count alike`() throws {
    for command in [Report.Command.pin, .update, .unpin, .check, .list] {
      let report = everything(command)
      let looks = command == .check || command == .list
      let skipped = looks ? "1 failed; 1 not pinnable as it stands (filled in elsewhere)," : "1 skipped, 1 failed"
      let sentence = "1 changed, 1 unpinned, 2 pinned, \(skipped) in 2 files, 1 file failed, 1 file skipped"
      #expect(TextRenderer().render(report).contains("\n\(sentence)\n"))
      #expect(GitHubRenderer.render(report).hasSuffix("\n\(sentence)\n"))
      #expect(GitHubRenderer.stepSummary(report).contains("\n\(sentence)\n"))
      let parsed = try #require(JSONSerialization.jsonObject(with: Data(JSONRenderer.render(report).utf8)) as? [String: Any])
      let summary = try #require(parsed["summary"] as? [String: Int])
      let expected = ["files": 2, "sites": 6, "changed": 1, "unpinned": 1, "pinned": 2, "skipped": 1, "failed": 1, "written": 1]
      #expect(summary == expected.merging(["filesSkipped": 1, "filesFailed": 1, "skippedMutable": 1, "skippedLikely": 0]) { $1 })
    }
  }
}
