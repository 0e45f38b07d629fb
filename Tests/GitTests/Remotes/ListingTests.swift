import Testing

@testable import Git

/// Listings as bytes, of every protocol.
@Suite struct ListingTests {
  private static let a = String(repeating: "a1", count: 20)
  private static let b = String(repeating: "b2", count: 20)
  private static let c = String(repeating: "c3", count: 20)
  private static let long = String(repeating: "d4", count: 32)

  /// One pkt-line for each text; "" is a flush, "1" a delimiter.
  static func lines(_ texts: String...) -> [UInt8] {
    var bytes: [UInt8] = []
    for text in texts {
      switch text {
      case "": bytes += "0000".utf8
      case "1": bytes += "0001".utf8
      default:
        let digits = String(text.utf8.count + 5, radix: 16)
        bytes += (String(repeating: "0", count: 4 - digits.count) + digits + text + "\n").utf8
      }
    }
    return bytes
  }

  @Test func `the request asks for the prefixes and HEAD, and leaves out what no ref can be called`() {
    let request = ListReferences.request(["refs/tags/v4", "refs/tags/a b", "refs/tags/x\n0000", "refs/tags/é"])
    #expect(
      request
        == Self.lines(
          "command=ls-refs", "1", "peel", "symrefs", "ref-prefix HEAD", "ref-prefix refs/tags/v4", "ref-prefix refs/tags/é", ""))
    #expect(
      ListReferences.request([], objectFormat: "sha256")
        == Self.lines("command=ls-refs", "object-format=sha256", "1", "peel", "symrefs", "ref-prefix HEAD", ""))
  }

  @Test func `protocol v2 names HEAD's branch and peels tags`() throws {
    let references = try ListReferences.references(
      in: Self.lines(
        "\(Self.a) HEAD symref-target:refs/heads/main", "\(Self.a) refs/heads/main", "\(Self.b) refs/tags/v1 peeled:\(Self.a)",
        "\(Self.c) refs/tags/v2", "\(Self.c) refs/pull/1/head", ""))
    #expect(references.headBranch == "main")
    #expect(references.tags == ["v1", "v2"])
    #expect(references.tag("v1") == Self.a)
    #expect(references.tag("v2") == Self.c)
    #expect(references.branch("main") == Self.a)
    #expect(references.commits["refs/pull/1/head"] == Self.c)
    #expect(references.renamedTo == nil)
  }

  @Test func `a repository without commits has nothing`() throws {
    #expect(try ListReferences.references(in: Self.lines("")) == RemoteReferences())
    #expect(try ListReferences.references(in: Self.lines("unborn HEAD symref-target:refs/heads/main", "")) == RemoteReferences())
  }

  @Test func `names of 64 digits are read, and none besides those of 40`() throws {
    let references = try ListReferences.references(in: Self.lines("\(Self.long) refs/tags/v1", ""), objectFormat: "sha256")
    #expect(references.tag("v1") == Self.long)
    #expect(throws: ListingError.objectFormat(announced: "sha256", digitCount: 40)) {
      try ListReferences.references(in: Self.lines("\(Self.a) refs/tags/v1", ""), objectFormat: "sha256")
    }
    #expect(throws: ListingError.objectFormat(announced: "sha1", digitCount: 64)) {
      try ListReferences.references(in: Self.lines("\(Self.a) refs/tags/v1", "\(Self.long) refs/tags/v2", ""))
    }
    #expect(throws: ListingError.objectFormat(announced: "sha1", digitCount: 64)) {
      try ListReferences.references(in: Self.lines("\(Self.a) refs/tags/v1 peeled:\(Self.long)", ""))
    }
  }

  @Test func `an answer without its end is none`() {
    #expect(throws: ListingError.truncated) { try ListReferences.references(in: Self.lines("\(Self.a) refs/tags/v1")) }
    #expect(throws: ListingError.truncated) { try ListReferences.references(in: []) }
  }

  @Test(arguments: [
    "x", "\(a)", "\(a.dropLast()) refs/tags/v1", "\(a.uppercased()) refs/tags/v1", String(repeating: "0", count: 40) + " refs/tags/v1",
    "\(a)  refs/tags/v1", "\(a) refs/tags/\u{1B}[31m", "\(a) refs/tags/v1 peeled:zz", "zz refs/tags/v1 peeled:\(a)", "zz HEAD",
  ])
  func `a line of another form is an error that shows it harmlessly`(line: String) throws {
    let error = #expect(throws: ListingError.self) { try ListReferences.references(in: Self.lines(line, "")) }
    guard case .unexpectedLine(let shown) = error else { Issue.record("\(String(describing: error))"); return }
    #expect(shown.utf8.allSatisfy { $0 >= 0x20 })
  }

  @Test func `two entries of one name decide nothing`() {
    #expect(throws: ListingError.repeatedReference("refs/tags/v1")) {
      try ListReferences.references(in: Self.lines("\(Self.a) refs/tags/v1", "\(Self.b) refs/tags/v1", ""))
    }
  }

  @Test func `the server's own words are repeated`() {
    #expect(throws: ListingError.refused("access denied or repository not exported: /x")) {
      try ListReferences.references(in: Self.lines("ERR access denied or repository not exported: /x"))
    }
    #expect(throws: ListingError.refused("gone")) { try Advertisement(Self.lines("# service=git-upload-pack", "", "ERR gone")) }
  }

  @Test func `names that are not UTF-8 are passed over`() throws {
    var bytes = Array("0039\(Self.a) refs/tags/".utf8)
    bytes += [0xFF, 0xFE, UInt8(ascii: "\n")]
    bytes.replaceSubrange(0..<4, with: "003a".utf8.dropFirst(0).map { $0 })
    let length = String(bytes.count, radix: 16)
    bytes.replaceSubrange(0..<4, with: (String(repeating: "0", count: 4 - length.count) + length).utf8)
    #expect(try ListReferences.references(in: bytes + Self.lines("\(Self.b) refs/tags/v1", "")).tags == ["v1"])
  }

  // MARK: What a server says first

  @Test(arguments: [true, false])
  func `protocol v2 says what it can do`(withHeader: Bool) throws {
    let header = withHeader ? Self.lines("# service=git-upload-pack", "") : []
    #expect(
      try Advertisement(header + Self.lines("version 2", "agent=git/2.39.5", "ls-refs=unborn", "object-format=sha256", ""))
        == .commands(objectFormat: "sha256"))
    #expect(try Advertisement(header + Self.lines("version 2", "ls-refs", "")) == .commands(objectFormat: nil))
    #expect(
      try Advertisement(header + Self.lines("version 2", "ls-refs=unborn", "fetch=shallow filter", ""))
        == .commands(objectFormat: nil, filters: true))
    #expect(throws: ListingError.listsNoReferences) { try Advertisement(header + Self.lines("version 2", "fetch", "")) }
    #expect(throws: ListingError.truncated) { try Advertisement(header + Self.lines("version 2", "ls-refs")) }
    #expect(throws: ListingError.unknownVersion("3")) { try Advertisement(header + Self.lines("version 3", "")) }
  }

  @Test(arguments: [[], ["version 1"]])
  func `protocols v0 and v1 list everything`(version: [String]) throws {
    var answer = Self.lines("# service=git-upload-pack", "")
    for line in version { answer += Self.lines(line) }
    answer += Self.lines(
      "\(Self.a) HEAD\0multi_ack symref=HEAD:refs/heads/main object-format=sha1", "\(Self.a) refs/heads/main", "\(Self.b) refs/tags/v1",
      "\(Self.a) refs/tags/v1^{}", "\(Self.c) refs/tags/v2", "shallow \(Self.c)", "")
    guard case .references(let references, let abilities) = try Advertisement(answer) else { Issue.record("no references"); return }
    #expect(references.commits == ["refs/heads/main": Self.a, "refs/tags/v1": Self.a, "refs/tags/v2": Self.c])
    #expect(references.headBranch == "main")
    #expect(abilities == UploadAbilities(names: ["multi_ack", "symref", "object-format"], isShallow: true))
  }

  @Test func `protocol v0 of a repository without commits, and of one with a detached HEAD`() throws {
    let zeros = String(repeating: "0", count: 40)
    #expect(
      try Advertisement(Self.lines("# service=git-upload-pack", "", "\(zeros) capabilities^{}\0agent=x", ""))
        == .references(RemoteReferences(), UploadAbilities(names: ["agent"])))
    #expect(
      try Advertisement(Self.lines("# service=git-upload-pack", "", "")) == .references(RemoteReferences(), UploadAbilities()))
    guard
      case .references(let references, _) = try Advertisement(
        Self.lines("\(Self.a) refs/tags/v1\0agent=x", "\(Self.b) refs/tags/v1^{}", ""))
    else { Issue.record("no references"); return }
    #expect(references.tag("v1") == Self.b)
    #expect(references.headBranch == nil)
  }

  @Test func `half an advertisement is an error, also between a tag and what it leads to`() {
    #expect(throws: ListingError.truncated) { try Advertisement(Self.lines("\(Self.a) HEAD\0agent=x", "\(Self.b) refs/tags/v1")) }
    #expect(throws: ListingError.truncated) { try Advertisement(Self.lines("# service=git-upload-pack", "")) }
    #expect(throws: ListingError.truncated) { try Advertisement([]) }
    #expect(throws: ListingError.notPacketLines) { try Advertisement(Array("<!DOCTYPE html>".utf8)) }
    #expect(throws: ListingError.objectFormat(announced: "sha256", digitCount: 40)) {
      try Advertisement(Self.lines("\(Self.a) HEAD\0object-format=sha256", ""))
    }
  }
}
