import References
import Testing

@Suite struct ActionReferenceTests {
  static let commit = String(repeating: "0a", count: 20)

  @Test(arguments: [
    ("actions/checkout@v4", "actions/checkout", "v4"), ("github/codeql-action/init@v3", "github/codeql-action", "v3"),
    ("a/b/.github/workflows/x.yml@main", "a/b", "main"), (#"a\b\c@v1"#, "a/b", "v1"), (#"a/b\c@v1"#, "a/b", "v1"),
    ("a/b@release/v1", "a/b", "release/v1"), ("a/b@refs/tags/v1", "a/b", "refs/tags/v1"), ("a-b/c_d.e@v1.0+x", "a-b/c_d.e", "v1.0+x"),
    ("A/B@" + commit, "A/B", commit),
  ]) func `a name on a forge is its first two parts`(_ text: String, _ repository: String, _ ref: String) throws {
    let action = try ActionReference(parsing: text, on: .github)
    #expect(action.repository.path == repository)
    #expect(action.repository.service == .github)
    #expect(action.ref == ref)
    #expect(action.written == text)
  }

  @Test(arguments: [
    ("https://code.forgejo.org/actions/checkout@v4", "https://code.forgejo.org/actions/checkout"),
    ("http://localhost:3000/a/b/deep/down@v4", "http://localhost:3000/a/b"), ("https://[::1]/a/b@v4", "https://[::1]/a/b"),
  ]) func `a URL is a repository of its own`(_ text: String, _ repository: String) throws {
    let action = try ActionReference(parsing: text, on: .forgejo)
    #expect(action.repository == ActionRepository(.url, path: repository))
    #expect(action.written == text)
  }

  @Test(arguments: [
    ("", ActionReferenceError.empty), ("actions/checkout", .noRef), ("actions/checkout@", .noRef), ("a/b@c@d", .severalRefs),
    ("checkout@v4", .noRepository("checkout")), ("a//b@v4", .noRepository("a//b")), ("/a/b@v4", .noRepository("/a/b")),
    ("a/..@v4", .noRepository("a/..")),
    ("ä/b@v4", .noRepository("ä/b")), ("a b/c@v4", .noRepository("a b/c")), ("https://x/a@v4", .noRepository("https://x/a")),
    ("https://u:p/a/b@v4 x", .invalidRef("v4 x")), ("a/b@v 4", .invalidRef("v 4")), ("a/b@a..b", .invalidRef("a..b")),
    ("a/b@x.lock", .invalidRef("x.lock")),
    ("a/b@/x", .invalidRef("/x")), ("a/b@x/", .invalidRef("x/")), ("a/b@x^{}", .invalidRef("x^{}")), ("a/b@.x", .invalidRef(".x")),
    ("a/b@x\n", .invalidRef("x\n")), ("a/b@refs/pull/1/merge", .otherRef("refs/pull/1/merge")), ("a/b@~latest", .invalidRef("~latest")),
  ]) func `anything else is refused with a reason`(_ text: String, _ error: ActionReferenceError) {
    #expect(throws: error) { try ActionReference(parsing: text, on: .github) }
    #expect(!"\(error)".isEmpty)
  }

  @Test(arguments: [
    ("gitlab.example/g/p/c@1.2", "gitlab.example", "g/p", "1.2"),
    ("GitLab.Example:8443/g/s/p/c@~latest", "gitlab.example:8443", "g/s/p", "~latest"),
    ("$CI_SERVER_FQDN/g/p/c@main", nil, "g/p", "main"),
  ]) func `a component is the last part of its path`(_ text: String, _ host: String?, _ project: String, _ ref: String) throws {
    let action = try ActionReference(parsingComponent: text)
    #expect(action.repository == ActionRepository(.gitlab(host: host), path: project))
    #expect(action.ref == ref)
    #expect(action.scheme == .version)
  }

  @Test(arguments: ["gitlab.example/p/c@1", "gitlab.example/g/p/c", "g//p/c@1", "ho st/g/p/c@1", "-x/g/p/c@1"])
  func `a component has a host and a project`(_ text: String) {
    #expect(throws: ActionReferenceError.self) { try ActionReference(parsingComponent: text) }
  }

  @Test func `forges do not tell letter case apart and UR ls may`() {
    #expect(ActionRepository(.github, path: "Actions/Checkout") == ActionRepository(.github, path: "actions/checkout"))
    #expect(Set([ActionRepository(.gitlab(host: nil), path: "A/b"), ActionRepository(.gitlab(host: nil), path: "a/B")]).count == 1)
    #expect(ActionRepository(.github, path: "a/b") != ActionRepository(.gitea, path: "a/b"))
    #expect(ActionRepository(.url, path: "https://x/A/b") != ActionRepository(.url, path: "https://x/a/b"))
  }

  @Test(arguments: [40, 64]) func `a commit has all its digits in either letter case`(_ count: Int) {
    #expect(CommitID(String(repeating: "aB", count: count / 2))?.hex == String(repeating: "ab", count: count / 2))
    #expect(CommitID(String(repeating: "a", count: count - 1)) == nil)
    #expect(CommitID(String(repeating: "a", count: count + 1)) == nil)
    #expect(CommitID(String(repeating: "g", count: count)) == nil)
  }

  @Test(arguments: [("abcdef", false), ("abcdef0", true), (String(repeating: "a", count: 39), true), (commit, false), ("abcdefg", false)])
  func `seven to thirty nine digits may be the part of a commit`(_ text: String, _ isShort: Bool) {
    #expect(GitRevision.isShortCommit(text) == isShort)
  }

  /// Each one before the next.
  @Test func `versions are ordered`() throws {
    let texts = [
      "v0.9", "1", "v1.0.1-alpha", "1.0.1-alpha.1", "1.0.1-alpha.beta", "1.0.1-rc.2", "1.0.1-rc.10", "1.0.1", "v1.2", "1.2.1", "1.10.0",
      "2.0.0.1",
    ]
    let versions = try texts.map { try #require(GitVersion($0)) }
    for (first, second) in zip(versions, versions.dropFirst()) {
      #expect(first < second)
      #expect(!(second < first))
    }
    #expect(try #require(GitVersion("1")).begins(try #require(GitVersion("v1.2.3"))))
    #expect(try !#require(GitVersion("1")).begins(try #require(GitVersion("10.2.3"))))
  }

  @Test(arguments: ["", "v", "main", "1.x", "1..2", "1.2.3.4.5", "release/v1", "1.2.", "99999999999999999999999"])
  func `anything else is no version`(_ text: String) { #expect(GitVersion(text) == nil) }
}
