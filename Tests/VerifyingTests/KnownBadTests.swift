import References
import Testing

@testable import Verifying

/// Lists of known bad digests and commits.
@Suite struct KnownBadTests {
  @Test func `a list has one name a line, with a comment`() throws {
    var list = KnownBad()
    let commit = String(repeating: "a", count: 40)
    try list.add(Array("# of May\n\n\(sample("x"))  # KICS\n\(commit)\r\n".utf8), from: "bad.txt")
    #expect(list.reason(for: sample("x")) == "'bad.txt': KICS")
    #expect(list.reason(for: try #require(CommitID(commit))) == "'bad.txt'")
    #expect(list.reason(for: sample("y")) == nil)
  }

  @Test func `a line that is neither is an error with its number`() {
    var list = KnownBad()
    #expect(throws: KnownBad.LineError.self) { try list.add(Array("# fine\nnginx:1.2\n".utf8), from: "bad.txt") }
  }

  @Test func `an advisory's affected digests and commits count, and what mends it does not`() throws {
    let bad = String(repeating: "b", count: 40)
    let good = String(repeating: "c", count: 40)
    let text = """
      {"id": "GHSA-1", "affected": [{"package": {"name": "acme/tool"}, "versions": ["\(sample("x"))", "v1"],
       "ranges": [{"type": "GIT", "events": [{"introduced": "\(bad)"}, {"fixed": "\(good)"}]}]}]}
      """
    var list = KnownBad()
    try list.add(Array(text.utf8), from: "ghsa.json")
    #expect(list.reason(for: sample("x")) == "GHSA-1 in 'ghsa.json'")
    #expect(list.reason(for: try #require(CommitID(bad))) != nil)
    #expect(list.reason(for: try #require(CommitID(good))) == nil)
  }

  @Test func `a text that only begins like JSON is an error`() {
    var list = KnownBad()
    #expect(throws: KnownBad.LineError.self) { try list.add(Array("{".utf8), from: "bad.json") }
  }
}
