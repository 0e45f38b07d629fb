import Dialects
import Pinning
import Reporting
import Rules
import SourceText
import Testing

@Suite struct GitHubRendererTests {
  static let failures = """
    ::error file=compose.yaml,line=50,col=12,endColumn=22,title=tagpin%3A not-found::cannot resolve 'nginx:1.99': \
    registry-1.docker.io answered 404 (no such tag)%0Ato leave it out, in .tagpin.yaml: ignore: [{ image: "nginx:1.99" }]
    ::error file=deploy/broken.yaml,line=3,col=7,title=tagpin%3A file::a ':' is missing%0A\
    to leave it out, in .tagpin.yaml: exclude: ["deploy/broken.yaml"]

    """
  static let sentence = "1 unpinned, 2 pinned, 1 skipped, 1 failed in 2 files, 1 file failed, 1 file skipped\n"

  @Test func `pin annotates failures and changes`() {
    #expect(
      GitHubRenderer.render(everything(.pin)) == Self.failures
        + "::notice file=compose.yaml,line=12,col=9,endColumn=19,title=tagpin%3A changed::'nginx:1.25' is now 'nginx:1.25@\(digestA)'\n"
        + "1 changed, " + Self.sentence)
    #expect(
      GitHubRenderer.render(everything(.pin, isDryRun: true, isWritten: false)) == Self.failures
        + "::notice file=compose.yaml,line=12,col=9,endColumn=19,title=tagpin%3A would change::'nginx:1.25' would become 'nginx:1.25@\(digestA)'\n"
        + "1 would change, " + Self.sentence)
  }

  @Test func `what was not written is said first`() {
    var report = everything(.pin, isWritten: false)
    report.notWritten = "1 failed"
    #expect(
      GitHubRenderer.render(report) == "::error title=tagpin%3A nothing written::nothing written: 1 failed\n" + Self.failures
        + "::notice file=compose.yaml,line=12,col=9,endColumn=19,title=tagpin%3A not written::'nginx:1.25' was to become 'nginx:1.25@\(digestA)'\n"
        + "1 not written, " + Self.sentence)
  }

  @Test func `check annotates findings as errors`() {
    let report = Report(
      command: .check, files: [FileReport(path: "a", sites: [site("x", 2, 3, .unpinned), site("y@" + digestA, 3, 3, .pinned)])],
      warnings: [Warning(.gitWarning, "w")])
    #expect(
      GitHubRenderer.render(report) == """
        ::warning title=tagpin%3A warning::w
        ::error file=a,line=2,col=3,endColumn=4,title=tagpin%3A latest-tag::'x' means latest, whatever that is when it is pulled; write a version, and 'tagpin pin' adds the digest
        1 unpinned, 1 pinned in 1 file

        """)
  }

  @Test func `list annotates failures only`() {
    var report = everything(.list)
    report.files[2].sites.removeAll { $0.state.code == "changed" }
    let sentence = Self.sentence.replacing("1 skipped, 1 failed", with: "1 failed; 1 not pinnable as it stands (filled in elsewhere),")
    #expect(GitHubRenderer.render(report) == Self.failures + sentence)
  }

  @Test func `texts cannot end a property or a command`() {
    let file = FileReport(path: "a,b:c%d.yaml", state: .failed(.notRead, problem: "100%\r\n::error::x, y\u{1B}[0m", at: nil))
    #expect(
      GitHubRenderer.render(Report(command: .pin, files: [file])) == """
        ::error file=a%2Cb%3Ac%25d.yaml,title=tagpin%3A file::100%25%0D%0A::error::x, y\\x1b[0m%0A\
        to leave it out, in .tagpin.yaml: exclude: ["a,b:c%25d.yaml"]
        no references found, 1 file failed

        """)
  }

  @Test func `beyond what GitHub shows, the last line says so`() {
    func report(_ count: Int) -> Report {
      Report(command: .check, files: [FileReport(path: "a", sites: (1...count).map { site("x", $0, 1, .unpinned) })])
    }
    #expect(GitHubRenderer.render(report(10)).hasSuffix("\n10 unpinned in 1 file\n"))
    #expect(
      GitHubRenderer.render(report(11)).hasSuffix("\n11 unpinned in 1 file (GitHub shows 10 annotations of each level; the log has all)\n"))
  }

  @Test func `the page has a table of failures and changes`() {
    var report = everything(.pin)
    report.notWritten = "1 failed"
    report.warnings = [Warning(.registryWarning, "slow")]
    #expect(
      GitHubRenderer.stepSummary(report) == """
        ### tagpin pin

        1 changed, 1 unpinned, 2 pinned, 1 skipped, 1 failed in 2 files, 1 file failed, 1 file skipped

        **Nothing written:** `1 failed`

        Warning: `slow`

        | file | reference | result |
        | --- | --- | --- |
        | `compose.yaml:50` | `nginx:1.99` | `cannot resolve 'nginx:1.99': registry-1.docker.io answered 404 (no such tag)` |
        | `deploy/broken.yaml:3` |  | `a ':' is missing` |
        | `compose.yaml:12` | `nginx:1.25` | `sha256:4c1f0a9b2d3e…` |

        """)
  }

  @Test func `the page of list has every site, that of a run with nothing no table`() {
    #expect(
      GitHubRenderer.stepSummary(everything(.list)).split(separator: "\n").dropFirst(6).map(String.init) == [
        "| `api/Dockerfile:1` | `golang:1.22@sha256:4c1f0a9b2d3e…` | `pinned` |",
        "| `compose.yaml:12` | `nginx:1.25` | `sha256:4c1f0a9b2d3e…` |",
        "| `compose.yaml:30` | `redis:7@sha256:b0b0b0b0b0b0…` | `pinned` |",
        "| `compose.yaml:40` | `${IMAGE}` | `skipped ('${IMAGE}' is filled in elsewhere)` |",
        "| `compose.yaml:60` | `busybox` | `unpinned` |",
      ])
    #expect(GitHubRenderer.stepSummary(Report(command: .check)) == "### tagpin check\n\nno references found\n")
  }

  @Test(arguments: [
    ("a|b", "`a\\|b`"), ("a`b", "``a`b``"), ("`a``", "``` `a`` ```"), ("<b>*x*</b>", "`<b>*x*</b>`"), ("a\nb", "`a\\nb`"),
    (" a ", "`  a  `"),
    (String(repeating: "x", count: 300), "`" + String(repeating: "x", count: 200) + "…`"),
  ])
  func `texts cannot end a cell or a code span`(text: String, cell: String) {
    let report = Report(command: .check, files: [FileReport(path: "p", sites: [site(text, 1, 1, .unpinned)])])
    #expect(GitHubRenderer.stepSummary(report).hasSuffix("| `p:1` | \(cell) | `unpinned` |\n"))
  }

  @Test func `a long table is cut, and says by how much`() {
    let sites = (1...503).map { site("x", $0, 1, .unpinned) } + [site("y", 600, 1, .failed(notFound))]
    let lines = GitHubRenderer.stepSummary(Report(command: .check, files: [FileReport(path: "p", sites: sites)])).split(separator: "\n")
    #expect(lines.count(where: { $0.hasPrefix("| `p:") }) == 500)
    #expect(lines.contains { $0.hasPrefix("| `p:600` | `y` |") })
    #expect(lines.last == "… and 4 more")
  }

  @Test func `outputs name the files that were changed`() {
    let files =
      ["b.yaml", "a/Dockerfile"].map { FileReport(path: $0, change: change()) } + [
        FileReport(path: "c.yaml", change: change(isWritten: false))
      ]
    #expect(
      GitHubRenderer.outputs(Report(command: .pin, files: files)) == "changed=true\nchanged-files<<TAGPIN\na/Dockerfile\nb.yaml\nTAGPIN\n")
    #expect(
      GitHubRenderer.outputs(Report(command: .pin, isDryRun: true, files: files))
        == "changed=true\nchanged-files<<TAGPIN\na/Dockerfile\nb.yaml\nc.yaml\nTAGPIN\n")
    var committed = Report(command: .pin, files: files)
    committed.commit = CommitReport(.made(id: "0123456789abcdef"), branch: "main", author: "a <b>")
    #expect(GitHubRenderer.outputs(committed).hasSuffix("b.yaml\nTAGPIN\ncommit=0123456789abcdef\n"))
    committed.commit?.outcome = .failed(problem: "no")
    #expect(!GitHubRenderer.outputs(committed).contains("commit="))
    #expect(GitHubRenderer.outputs(Report(command: .check)) == "changed=false\nchanged-files<<TAGPIN\nTAGPIN\n")
  }

  @Test func `no file's name ends an output`() {
    let report = Report(command: .pin, files: [FileReport(path: "a\nTAGPIN\nchanged=false", change: change())])
    #expect(GitHubRenderer.outputs(report) == "changed=true\nchanged-files<<TAGPIN_\na\nTAGPIN\nchanged=false\nTAGPIN_\n")
  }
}
