import Dialects
import SourceText
import Testing

@Suite struct ContentMarksTests {
  @Test(arguments: 0..<9, ["image:", "apiVersion", "containerDefinitions", "quux-1.2"])
  func `a text is found at each offset, and not where its last byte is another`(_ offset: Int, _ text: String) {
    let mark = ContentMarks.Mark(anywhere: text)
    for behind in ["", "a", "abcdefgh"] {
      for (written, isThere) in [(text, true), (text.dropLast() + "~", false)] {
        let bytes = Array((String(repeating: "x", count: offset) + written + behind).utf8)
        for finder in [MarkFinder.dialects, .dialects(and: [mark])] {
          var content = ContentMarks(bytes, finder: finder)
          let holds = content.hold(mark)
          #expect(holds == isThere, "\(String(decoding: bytes, as: UTF8.self))")
        }
      }
    }
  }

  /// One of those that dialects look for, wherever it stands, and one that no dialect knows.
  @Test(arguments: ["containerDefinitions", "tekton.dev/", "image", "[[runners]]", "quux:1"])
  func `a text is found wherever it stands`(_ text: String) {
    let mark = ContentMarks.Mark(anywhere: text)
    for (before, behind) in [("", ""), ("a", ""), ("", "b"), (String(text.dropLast()), "c"), (String(text.prefix(1)), text)] {
      var content = ContentMarks(Array("\(before)\(text)\(behind)".utf8))
      let holds = content.hold(mark)
      #expect(holds, "\(before)\(text)\(behind)")
    }
    for other in ["", "a", String(text.dropLast()), String(text.dropFirst()), text.uppercased() + text.dropFirst()] where text != "" {
      var content = ContentMarks(Array(other.utf8))
      let holds = content.hold(mark)
      #expect(!holds, "\(other)")
    }
  }

  @Test(arguments: [
    ("apiVersion: score.dev/v1\ncontainers:\n  image", true), ("\u{FEFF}apiVersion: score.dev/v1\ncontainers:\n  image", true),
    ("a: b\r\napiVersion: score.dev/v1\r\ncontainers:\r\n  image", true), ("a: apiVersion: score.dev/v1\ncontainers:\n  image", false),
    ("  apiVersion: score.dev/v1\ncontainers:\n  image\napiVersion: \"score.dev/v1\"", true),
  ]) func `a text at the beginning of a line`(_ text: String, _ isThere: Bool) throws {
    var content = ContentMarks(Array(text.utf8))
    let isLikely = try #require(Dialects.named("score")).isLikely(&content)
    #expect(isLikely == isThere)
  }

  /// What each key of an image in the values of a chart ends with.
  @Test(arguments: [
    ("image: nginx:1\n", true), ("appImage: nginx:1\n", true), ("repository: nginx\ntag: '1'\n", true),
    ("app_repo: quay.io/a\ntag: 1\n", true), ("{\"appRepo\": quay.io/a, tag: 1}\n", true), ("{'repo': quay.io/a, tag: 1}\n", true),
    ("report: 1\ntrafficReport: a\nreponse: b\n", false), ("images:\n- nginx:1\n", true), ("pods:\n- {name: a, reference: a/b:1}\n", true),
    ("# renovate: datasource=docker depName=nginx\ntag: '1'\n", true), ("APP_IMAGE: a:1\n", true),
    ("replicas: 3\nname: a\ntag: b\n", false),
  ]) func `values that have no reference need not be parsed`(_ text: String, _ mayHave: Bool) throws {
    var content = ContentMarks(Array(text.utf8))
    let holds = try #require(Dialects.named("helm-values")).mayHaveReferences(&content)
    #expect(holds == mayHave)
  }
}
