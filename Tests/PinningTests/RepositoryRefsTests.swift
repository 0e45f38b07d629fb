import Dialects
import Pinning
import References
import Testing

@Suite struct RepositoryRefsTests {
  private static func commit(_ digit: Character) -> CommitID { CommitID(String(repeating: digit, count: 40))! }

  private static let refs = RepositoryRefs(
    tags: [
      "v4": commit("4"), "v4.2": commit("4"), "v4.2.2": commit("4"), "v4.2.2-rc.1": commit("4"), "v3": commit("3"), "both": commit("1"),
      "1.2.0": commit("a"), "1.2.9": commit("b"), "v1.2.10": commit("c"), "1.3.0-rc.1": commit("d"), "2.0.0": commit("e"),
      "20240101": commit("2"),
      "latest": commit("4"),
    ],
    branches: ["main": commit("f"), "both": commit("9"), "abcdef0": commit("8"), "v4-branch": commit("4")], server: "git.example.test")

  private func resolve(
    _ ref: String, _ scheme: ActionReference.Scheme = .ref, exact: ActionReference.ExactTags = .unwanted
  ) throws(SiteFailure) -> ResolvedCommit {
    let action = ActionReference(repository: ActionRepository(.github, path: "a/b"), writtenName: "a/b", ref: ref, scheme: scheme)
    return try Self.refs.resolve(action, exactTags: exact)
  }

  @Test(arguments: [
    ("v4", "4", "v4"), ("main", "f", "main"), ("refs/tags/v3", "3", "refs/tags/v3"), ("refs/heads/main", "f", "refs/heads/main"),
    ("refs/heads/both", "9", "refs/heads/both"), ("20240101", "2", "20240101"), ("abcdef0", "8", "abcdef0"),
  ]) func `a tag or a branch is found by its name`(_ ref: String, _ digit: Character, _ recorded: String) throws {
    let found = try resolve(ref)
    #expect(found == ResolvedCommit(commit: Self.commit(digit), recorded: recorded))
  }

  @Test func `a tag goes before a branch with a warning`() throws {
    #expect(try resolve("both") == ResolvedCommit(commit: Self.commit("1"), recorded: "both", notes: [.tagAndBranch("both")]))
  }

  @Test(arguments: [
    ("v9", "git.example.test has no tag and no branch 'v9' in this repository"),
    ("refs/tags/main", "git.example.test has no tag 'main' in this repository"),
    ("refs/heads/v4", "git.example.test has no branch 'v4' in this repository"),
    ("abcdef1", "git.example.test has no tag and no branch 'abcdef1', and a part of a commit's name is not taken; give the full commit"),
  ]) func `what is not there is proven absent`(_ ref: String, _ why: String) {
    #expect(throws: SiteFailure.unresolved(why, isAbsence: true)) { try resolve(ref) }
  }

  /// The exact tag, else the highest release that it begins, else a branch.
  @Test(arguments: [
    ("1.2.0", "a"), ("1.2", "c"), ("1", "c"), ("2", "e"), ("~latest", "4"), ("v4", "4"), ("main", "f"),
  ]) func `a version of a component is the highest release that it begins`(_ version: String, _ digit: Character) throws {
    #expect(try resolve(version, .version) == ResolvedCommit(commit: Self.commit(digit), recorded: version))
  }

  @Test(arguments: ["1.3", "5", "1.2.1"]) func `prereleases and others are no version of a component`(_ version: String) {
    #expect(throws: SiteFailure.self) { try resolve(version, .version) }
  }

  @Test(arguments: [("v4", "v4.2.2"), ("latest", "v4.2.2"), ("v3", "v3"), ("main", "main"), ("refs/tags/v4", "v4.2.2")])
  func `the most specific tag of a tags commit can be recorded`(_ ref: String, _ recorded: String) throws {
    #expect(try resolve(ref, exact: .wanted).recorded == recorded)
  }

  @Test func `a new name is a note at every reference`() throws {
    var refs = Self.refs
    refs.renamedTo = "c/d"
    let action = ActionReference(repository: ActionRepository(.github, path: "a/b"), writtenName: "a/b", ref: "v4")
    #expect(try refs.resolve(action, exactTags: .unwanted).notes == [.renamed(from: "a/b", to: "c/d")])
  }

  @Test(arguments: [
    ("v4", ActionReference.Scheme.ref, ActionReference.ExactTags.unwanted, ["refs/tags/v4", "refs/heads/v4"]),
    ("refs/tags/v4", .ref, .unwanted, ["refs/tags/v4"]), ("refs/heads/x", .ref, .wanted, ["refs/heads/x"]),
    ("v4", .ref, .wanted, ["refs/tags/", "refs/heads/v4"]), ("1.2", .version, .unwanted, ["refs/tags/", "refs/heads/1.2"]),
    ("~latest", .version, .unwanted, ["refs/tags/"]), (String(repeating: "4", count: 40), .ref, .unwanted, []),
    (String(repeating: "4", count: 40), .ref, .wanted, ["refs/tags/"]),
  ]) func `no more is asked for than is needed`(
    _ ref: String, _ scheme: ActionReference.Scheme, _ exact: ActionReference.ExactTags, _ prefixes: [String]
  ) {
    let action = ActionReference(repository: ActionRepository(.github, path: "a/b"), writtenName: "a/b", ref: ref, scheme: scheme)
    #expect(action.refPrefixes(exact) == prefixes)
  }
}
