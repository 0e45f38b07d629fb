import Git
import Testing

@testable import Git

@Suite struct RemoteReferencesTests {
  private let references: RemoteReferences = {
    var references = RemoteReferences()
    references.replaceAll([
      "refs/tags/v4": "a", "refs/tags/v4.1": "a", "refs/heads/v4": "b", "refs/heads/main": "c", "refs/tags/release/1": "d",
      "refs/tags/main-only": "c",
    ])
    return references
  }()

  @Test(arguments: [
    ("v4", RemoteReferences.Target.tag(commit: "a", isBranchToo: true)), ("v4.1", .tag(commit: "a", isBranchToo: false)),
    ("main", .branch(commit: "c")), ("v", .absent), ("V4", .absent), ("refs/tags/v4", .tag(commit: "a", isBranchToo: false)),
    ("refs/heads/v4", .branch(commit: "b")), ("refs/tags/main", .absent), ("heads/main", .absent),
    ("release/1", .tag(commit: "d", isBranchToo: false)),
    ("", .absent),
  ])
  func `a tag wins over a branch, and a full name stands for itself`(name: String, target: RemoteReferences.Target) {
    #expect(references.target(of: name) == target)
  }

  @Test func `names are listed in order, and tags by their commit`() {
    #expect(references.tags == ["main-only", "release/1", "v4", "v4.1"])
    #expect(references.branches == ["main", "v4"])
    #expect(references.tags(on: "a") == ["v4", "v4.1"])
    #expect(references.tags(on: "x") == [])
  }

  @Test func `what is to be asked for`() {
    #expect(RemoteReferences.prefixes(for: "v4") == ["refs/tags/v4", "refs/heads/v4"])
    #expect(RemoteReferences.prefixes(for: "refs/tags/v4") == ["refs/tags/v4"])
    #expect(RemoteReferences.prefixes(for: "refs/heads/v4") == ["refs/heads/v4"])
  }
}
