import Dialects
import Documents
import References
import SourceText
import Testing

@Suite struct TagCommentsTests {
  /// The comment of a line is found as a YAML reader would.
  private func comment(in text: SourceText, line: Int = 0) -> Documents.Comment? {
    let range = text.lineRange(line)
    guard let start = text.bytes[range].firstIndex(of: UInt8(ascii: "#")) else { return nil }
    var end = range.upperBound
    while end > start, text.bytes[end - 1] == 0x20 || text.bytes[end - 1] == 0x09 { end -= 1 }
    let body = text.bytes[start..<end].dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
    return Documents.Comment(range: start..<end, text: String(decoding: body, as: UTF8.self))
  }

  private func parse(_ line: String, naming kind: Site.Kind = .image) -> TagComment? {
    let text = SourceText(line)
    return comment(in: text).flatMap { TagComment.parse(comment: $0, in: text, naming: kind) }
  }

  @Test(arguments: [
    ("v4", "v4", TagComment.Kind.bare), ("main", "main", .bare), ("release/v1", "release/v1", .bare),
    ("my-feature", "my-feature", .word), ("feature/x", "feature/x", .word), ("keep", "keep", .word),
    ("zizmor: ignore[cache-poisoning] # v8.2.0", "v8.2.0", .among), ("nosemgrep # v4", "v4", .among), ("web # 1.2", "1.2", .among),
    ("web # tag=v4", "v4", .tag), ("v3.1.0 # keep in step with the Makefile", "v3.1.0", .bare), ("v7.0.0 2026-06-19", "v7.0.0", .among),
    ("v3,", "v3", .among), ("v3 (2024-01-01)", "v3", .among), ("v3, see issue 12", "v3", .among), ("v3: see issue 12", "v3", .among),
    ("v3 – old", "v3", .among),
    ("v3.1.0 as of May", "v3.1.0", .among), ("version: v3", "v3", .among), ("tag: v3", "v3", .among), ("version v3", "v3", .among),
    ("@v3", "v3", .among), ("renovate: tag=v3", "v3", .among), ("tag = v3", "v3", .among), ("pin v3", "v3", .among),
    ("ratchet:acme/eight@v3 keep", "v3", .ratchet), ("sub/dir/v1.2.3", "sub/dir/v1.2.3", .bare), ("frozen: v4", "v4", .frozen),
    ("zizmor: ignore[x] # sub/v1.2.3 (new)", "sub/v1.2.3", .among),
  ]) func `reads the ref of an action`(_ comment: String, _ name: String, _ kind: TagComment.Kind) throws {
    let line = "a: b # \(comment)"
    let found = try #require(parse(line, naming: .action))
    #expect(found.name == name)
    #expect(found.kind == kind)
    #expect(SourceText(line).string(found.tagRange) == name)
  }

  @Test(arguments: [
    "pinned for audit, v3", "v4 is broken here", "web # 12", "see issue # 12", "web #12", "web # keep", "web # v4 is broken",
    "2024-01-01 v3",
    "tag: web", "renovate: web", "keep # keep", "12 monkeys", "1, 2", "web,", "pinned for v3",
  ]) func `prose names no ref of an action`(_ comment: String) {
    #expect(parse("a: b # \(comment)", naming: .action) == nil)
  }

  @Test(arguments: [
    ("a: b # 1.25", "1.25"), ("a: b # v4", "v4"), ("a: b # V4.1", "V4.1"), ("a: b # latest", "latest"), ("a: b # lts-alpine", "lts-alpine"),
    ("a: b # bookworm-slim", "bookworm-slim"), ("a: b # alpine3.20", "alpine3.20"),
    ("a: b # RELEASE.2024-01-13T07-53-03Z", "RELEASE.2024-01-13T07-53-03Z"),
    ("a: b # tag=web", "web"), ("a: b # tag=1.25 # web", "1.25"), ("a: b # tag=1.25 web", "1.25"), ("a: b # pin@v4", "v4"),
    ("a: b #tag=1", "1"),
    ("a: b # ratchet:nginx:1.25", "1.25"), ("a: b # ratchet:owner/repo@v4", "v4"), ("a: b # ratchet:localhost:5000/a:x", "x"),
    ("a: b # ratchet:docker://alpine:3", "3"), ("a: b # hadolint ignore=DL3006 # tag=1.25", "1.25"), ("a: b # 1.25 # web", "1.25"),
    ("a: b #\t16", "16"), ("a: é # 1.25", "1.25"),
  ]) func `reads the tag of a pin`(_ line: String, _ tag: String) throws {
    let found = try #require(parse(line))
    #expect(found.tag?.text == tag)
    #expect(SourceText(line).string(found.tagRange) == tag)
  }

  @Test(arguments: [
    "a: b # web", "a: b # k8s", "a: b # amd64", "a: b # the 1.25 release", "a: b # 1.25 is broken", "a: b # see #12", "a: b #",
    "a: b # tag=", "a: b # tag=a/b",
    "a: b # tag = 1.25", "a: b # ratchet:exclude", "a: b # ratchet:nginx", "a: b # ratchet:localhost:5000/a", "a: b # version: 1.25",
    "a: b # v", "a: b # production",
    "a: b # pin@", "a: b # -1", "a: b # web # 1.25", "a: b # 1.25, the last", "a: b # TODO", "a: b # x86_64",
  ]) func `leaves prose alone`(_ line: String) {
    #expect(parse(line) == nil)
  }

  @Test(arguments: [
    ("a: b # 1.25", "a: b"), ("a: b   # 1.25  \r\n", "a: b  \r\n"), ("a: b # tag=1.25 # web", "a: b # web"),
    ("a: b # tag=1.25 #web", "a: b #web"),
    ("a: b # tag=1.25 web server", "a: b # web server"), ("a: b\t# v4\n", "a: b\n"), ("  # tag=1.25\nFROM x\n", "FROM x\n"),
    ("# 1.25\r\nFROM x", "FROM x"),
    ("\u{FEFF}# 1.25\nFROM x", "\u{FEFF}FROM x"),
  ]) func `says what goes away with the pin`(_ line: String, _ rest: String) throws {
    let found = try #require(parse(line))
    let result = try SourceText(line).applying([Splice(found.removal, with: "")])
    #expect(String(decoding: result, as: UTF8.self).utf8.elementsEqual(rest.utf8))
  }

  static let lines = [
    "image: nginx@sha256:0", "image: nginx@sha256:0  ", "image: nginx@sha256:0\t", "image: nginx@sha256:0 # web",
    "image: nginx@sha256:0   # web  ",
    "image: nginx@sha256:0\t#web", "image: nginx@sha256:0 # web # and 1.25", "image: nginx@sha256:0 #", "  - \"nginx@sha256:0\" \t",
    "é: nginx@sha256:0 # ü",
    "image: nginx@sha256:0 # the 1.25 one", "image: nginx@sha256:0 #   aligned",
  ]

  /// Insert, read again, remove.
  @Test(arguments: lines, ["", "\n", "\r\n", "\nnext: 1\n"]) func `removing a comment undoes its insertion`(
    _ line: String, _ ending: String
  )
    throws
  {
    let text = SourceText(line + ending)
    let range = text.lineRange(0)
    let end = try #require(text.bytes[range].lastIndex { $0 != 0x20 && $0 != 0x09 }) + 1
    let place = CommentPlace.lineEnd(insertion: end, existing: comment(in: text))
    let tag = try #require(Tag("web-1"))
    let splices = try #require(TagComment.splices(recording: tag, at: place))
    let written = SourceText(try text.applying(splices))
    #expect(written.bytes != text.bytes)
    let found = try #require(comment(in: written).flatMap { TagComment.parse(comment: $0, in: written) })
    #expect(found.tag == tag)
    #expect(written.string(found.tagRange) == "web-1")
    #expect(try written.applying([Splice(found.removal, with: "")]) == text.bytes)
  }

  @Test(
    arguments: ["\"image\": \"nginx@sha256:0\",", "\"a\": \"b@sha256:0\" // web", "docker 'b@sha256:0' // web // and 1.25"],
    ["", "\n", "\r\n"])
  func `removing a comment that begins with slashes undoes its insertion`(_ line: String, _ ending: String) throws {
    func comment(in text: SourceText) -> Documents.Comment? {
      let range = text.lineRange(0)
      guard let start = range.first(where: { text.bytes[$0...].starts(with: "//".utf8) }) else { return nil }
      return Documents.Comment(range: start..<range.upperBound, text: "")
    }
    let text = SourceText(line + ending)
    let place = CommentPlace.lineEnd(insertion: text.lineRange(0).upperBound, existing: comment(in: text), marker: .slashes)
    let tag = try #require(Tag("1.25"))
    let written = SourceText(try text.applying(try #require(TagComment.splices(recording: tag, at: place))))
    #expect(written.string(0..<written.bytes.count).contains("// tag=1.25"))
    let found = try #require(comment(in: written).flatMap { TagComment.parse(comment: $0, in: written) })
    #expect(found.tag == tag)
    #expect(try written.applying([Splice(found.removal, with: "")]) == text.bytes)
  }

  @Test(arguments: ["FROM x", "FROM x\n", "FROM x\r\n", "  FROM x \n", "\tFROM x"], ["\n", "\r\n"])
  func `removing a line undoes its insertion`(_ line: String, _ ending: String) throws {
    for byteOrderMark in ["", "\u{FEFF}"] {
      let text = SourceText(byteOrderMark + line)
      let indentation = String(line.prefix { $0 == " " || $0 == "\t" })
      let place = CommentPlace.lineAbove(insertion: text.byteOrderMarkLength, indentation: indentation, lineEnding: ending)
      let splices = try #require(TagComment.splices(recording: Tag.latest, at: place))
      let written = SourceText(try text.applying(splices))
      let found = try #require(comment(in: written).flatMap { TagComment.parse(comment: $0, in: written) })
      #expect(found.tag == Tag.latest)
      #expect(try written.applying([Splice(found.removal, with: "")]) == text.bytes)
    }
  }

  @Test func `where no comment can stand nothing is written`() {
    #expect(TagComment.splices(recording: Tag.latest, at: .none) == nil)
  }

  @Test(arguments: [
    ("tagpin: ignore", "tagpin: ignore"), ("tagpin:ignore", "tagpin:ignore"), ("tagpin: ignore until 1.26 is out", "tagpin: ignore"),
    ("tagpin: ignore, see #12", "tagpin: ignore"), ("ratchet:exclude", "ratchet:exclude"), ("web # tagpin: ignore", "tagpin: ignore"),
    ("tagpin: ignore until 2027-03-01 waiting for upstream", "tagpin: ignore until 2027-03-01"),
    ("tagpin: ignore until 2027-02-30", "tagpin: ignore"), ("# tagpin:  ignore", "tagpin:  ignore"),
    ("// tagpin: ignore", "tagpin: ignore"),
  ]) func `reads marks that say ignore`(_ comment: String, _ mark: String) {
    #expect(IgnoreMark(in: comment)?.text == mark)
  }

  @Test(arguments: [
    "tagpin: ignored", "tagpin ignore", "do not tagpin: ignore", "ratchet:excluded", "ratchet:nginx:1", "ignore", "", "tagpin: ignore-file",
    "tagpin:", "see $imagepolicy", "{\"$imagepolicy\": \"a:b\"}",
  ])
  func `other comments are no mark`(_ comment: String) {
    #expect(IgnoreMark(in: comment) == nil)
  }
}
