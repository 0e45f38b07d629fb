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

  private func parse(_ line: String) -> TagComment? {
    let text = SourceText(line)
    return comment(in: text).flatMap { TagComment.parse(comment: $0, in: text) }
  }

  @Test(arguments: [
    ("a: b # 1.25", "1.25"), ("a: b # v4", "v4"), ("a: b # V4.1", "V4.1"), ("a: b # latest", "latest"), ("a: b # lts-alpine", "lts-alpine"),
    ("a: b # bookworm-slim", "bookworm-slim"), ("a: b # alpine3.20", "alpine3.20"),
    ("a: b # RELEASE.2024-01-13T07-53-03Z", "RELEASE.2024-01-13T07-53-03Z"),
    ("a: b # tag=web", "web"), ("a: b # tag=1.25 # web", "1.25"), ("a: b # tag=1.25 web", "1.25"), ("a: b # pin@v4", "v4"),
    ("a: b #tag=1", "1"),
    ("a: b # ratchet:nginx:1.25", "1.25"), ("a: b # ratchet:owner/repo@v4", "v4"), ("a: b # ratchet:localhost:5000/a:x", "x"),
    ("a: b # ratchet:docker://alpine:3", "3"), ("a: b # 1.25 # web", "1.25"), ("a: b #\t16", "16"), ("a: é # 1.25", "1.25"),
  ]) func readsTheTagOfAPin(_ line: String, _ tag: String) throws {
    let found = try #require(parse(line))
    #expect(found.tag?.text == tag)
    #expect(SourceText(line).string(found.tagRange) == tag)
  }

  @Test(arguments: [
    "a: b # web", "a: b # k8s", "a: b # amd64", "a: b # the 1.25 release", "a: b # 1.25 is broken", "a: b # see #12", "a: b #",
    "a: b # tag=", "a: b # tag=a/b",
    "a: b # tag = 1.25", "a: b # ratchet:exclude", "a: b # ratchet:nginx", "a: b # ratchet:localhost:5000/a", "a: b # version: 1.25",
    "a: b # v", "a: b # production",
    "a: b # pin@", "a: b # -1", "a: b # TODO", "a: b # x86_64",
  ]) func leavesProseAlone(_ line: String) {
    #expect(parse(line) == nil)
  }

  @Test(arguments: [
    ("a: b # 1.25", "a: b"), ("a: b   # 1.25  \r\n", "a: b  \r\n"), ("a: b # tag=1.25 # web", "a: b # web"),
    ("a: b # tag=1.25 #web", "a: b #web"),
    ("a: b # tag=1.25 web server", "a: b # web server"), ("a: b\t# v4\n", "a: b\n"), ("  # tag=1.25\nFROM x\n", "FROM x\n"),
    ("# 1.25\r\nFROM x", "FROM x"),
    ("\u{FEFF}# 1.25\nFROM x", "\u{FEFF}FROM x"),
  ]) func saysWhatGoesAwayWithThePin(_ line: String, _ rest: String) throws {
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
  @Test(arguments: lines, ["", "\n", "\r\n", "\nnext: 1\n"]) func removingACommentUndoesItsInsertion(_ line: String, _ ending: String)
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
  func removingACommentThatBeginsWithSlashesUndoesItsInsertion(_ line: String, _ ending: String) throws {
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
  func removingALineUndoesItsInsertion(_ line: String, _ ending: String) throws {
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

  @Test func whereNoCommentCanStandNothingIsWritten() {
    #expect(TagComment.splices(recording: Tag.latest, at: .none) == nil)
  }

  @Test(arguments: [
    ("tagpin: ignore", "tagpin: ignore"), ("tagpin:ignore", "tagpin:ignore"), ("tagpin: ignore until 1.26 is out", "tagpin: ignore"),
    ("tagpin: ignore, see #12", "tagpin: ignore"), ("ratchet:exclude", "ratchet:exclude"), ("web # tagpin: ignore", "tagpin: ignore"),
    ("# tagpin:  ignore", "tagpin:  ignore"), ("// tagpin: ignore", "tagpin: ignore"),
    ("{\"$imagepolicy\": \"flux-system:app\"}", "$imagepolicy"), ("{\"$imagepolicy\": \"flux-system:app:tag\"}", "$imagepolicy"),
  ]) func readsMarksThatSayIgnore(_ comment: String, _ mark: String) {
    #expect(IgnoreMark.mark(in: comment) == mark)
  }

  @Test(arguments: [
    "tagpin: ignored", "tagpin ignore", "do not tagpin: ignore", "ratchet:excluded", "ratchet:nginx:1", "ignore", "", "tagpin: ignore-file",
    "tagpin:", "see $imagepolicy",
  ])
  func otherCommentsAreNoMark(_ comment: String) {
    #expect(IgnoreMark.mark(in: comment) == nil)
  }
}
