import Dialects
import Foundation
import Pinning
import References
import Reporting
import SourceText
import Testing

@Suite struct ActionReportTests {
  private static let commit = "11bd71901bbe" + String(repeating: "a", count: 28)

  private func action(_ text: String, _ line: Int, _ state: SiteState, notes: [SiteNote] = []) throws -> SiteReport {
    let content = (try? ActionReference(parsing: text, on: .github)).map(Site.Content.action) ?? .failed(.invalidReference("made up"))
    var report = site(text, line, 15, state, place: "jobs.a.steps[0].uses", kind: .action, content: content)
    report.site.content = content
    report.notes = notes
    return report
  }

  private func report(_ sites: [SiteReport], command: Report.Command = .pin) -> Report {
    Report(
      command: command, files: [FileReport(path: ".github/workflows/ci.yml", dialect: "github-actions", sites: sites, change: change())])
  }

  @Test func `the text shows the commit and what is worth a warning once a file`() throws {
    let renamed = SiteNote.renamed(from: "old/name", to: "new/name")
    let text = TextRenderer().render(
      report([
        try action("actions/checkout@v4", 5, .changed(to: "actions/checkout@\(Self.commit)")),
        try action("old/name@v1", 6, .changed(to: "old/name@\(Self.commit)"), notes: [.tagNotRecorded("v1"), renamed]),
        try action("old/name@v2", 7, .changed(to: "old/name@\(Self.commit)"), notes: [renamed]),
        try action("acme/tool@v9", 8, .failed(notFound)),
      ]))
    #expect(
      text == """
        .github/workflows/ci.yml
          5:15  actions/checkout@v4 → 11bd719
          6:15  old/name@v1         → 11bd719
          7:15  old/name@v2         → 11bd719

        .github/workflows/ci.yml:8:15: error: cannot resolve 'acme/tool@v9': registry-1.docker.io answered 404 (no such tag)
          to leave it out, in .tagpin.yaml: ignore: [{ action: "acme/tool" }]

        .github/workflows/ci.yml:6:15: warning: no comment can stand here, so the tag 'v1' is not recorded: 'update' and 'unpin' will leave this pin alone
        .github/workflows/ci.yml:6:15: warning: 'old/name' was renamed to 'new/name'; somebody else may take the old name over, so write the new one (and in one more place)

        3 changed, 1 failed in 1 file

        """)
  }

  @Test func `a failure says what kind of reference it is not`() throws {
    let text = TextRenderer().render(report([try action("actions/checkout", 5, .failed(.invalidReference("no ref is written")))]))
    #expect(text.contains("error: 'actions/checkout' is not an action reference: no ref is written\n"))
  }

  @Test func `annotations warn at the place`() throws {
    let text = GitHubRenderer.render(
      report([
        try action("acme/tool@both", 6, .changed(to: "acme/tool@\(Self.commit)"), notes: [.tagAndBranch("both")])
      ]))
    #expect(
      text.contains(
        "::warning file=.github/workflows/ci.yml,line=6,col=15,endColumn=29,title=tagpin%3A tag-and-branch::'both' is a tag and a branch; the tag was taken\n"
      ))
    let checked = GitHubRenderer.render(report([try action("acme/tool@v1", 6, .unpinned)], command: .check))
    #expect(checked.contains("::'acme/tool@v1' names no commit and moves with each release; 'tagpin pin' writes it\n"))
    let page = GitHubRenderer.stepSummary(
      report([try action("a/b@v1", 6, .changed(to: "a/b@\(Self.commit)"), notes: [.tagNotRecorded("v1")])]))
    #expect(page.contains("Warning: `.github/workflows/ci.yml:6: no comment can stand here"))
    #expect(page.contains("| `a/b@v1` | `11bd719` |"))
  }

  @Test func `programs get commits tags and notes`() throws {
    let json = JSONRenderer.render(
      report([
        try action("Acme\\tool@v1", 6, .changed(to: "Acme\\tool@\(Self.commit)"), notes: [.tagAndBranch("v1")]),
        try action("acme/tool@\(Self.commit)", 7, .pinned),
      ]))
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let sites = try #require(((document["files"] as? [[String: Any]])?.first?["sites"]) as? [[String: Any]])
    #expect(sites[0]["reference"] as? String == "Acme/tool@v1")
    #expect(sites[0]["tag"] as? String == "v1")
    #expect(sites[0]["commit"] is NSNull)
    #expect(sites[0]["digest"] is NSNull)
    #expect(sites[0]["newCommit"] as? String == Self.commit)
    #expect(sites[0]["newDigest"] is NSNull)
    #expect((sites[0]["notes"] as? [[String: String]])?.map { $0["code"] } == ["tag-and-branch"])
    #expect(sites[1]["commit"] as? String == Self.commit)
    #expect(sites[1]["notes"] == nil)
  }

  @Test func `resolved actions are a line that can be pasted`() throws {
    let commit = try #require(CommitID(Self.commit))
    let report = ResolveReport([
      .init(
        "actions/checkout@v4",
        .resolvedCommit(pinned: "actions/checkout@\(commit) # v4", commit: commit, tag: "v4", notes: [.tagAndBranch("v4")]))
    ])
    #expect(report.text == "actions/checkout@\(commit) # v4\n")
    #expect(report.warnings() == "tagpin: warning: 'actions/checkout@v4': 'v4' is a tag and a branch; the tag was taken\n")
    #expect(report.exitCode == 0)
    let document = try #require(try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    let reference = try #require((document["references"] as? [[String: Any]])?.first)
    #expect(reference["commit"] as? String == Self.commit)
    #expect(reference["tag"] as? String == "v4")
    #expect(reference["digest"] == nil)
  }
}
