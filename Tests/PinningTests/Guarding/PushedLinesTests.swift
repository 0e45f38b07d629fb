import Pinning
import References
import SourceText
import Testing

@Suite struct PushedLinesTests {
  private static func read(_ text: String) throws(PushedReferenceError) -> [String] {
    try PushedReferences(lines: SourceText(text), source: "tags").references.map(\.reference.written)
  }

  @Test(arguments: [
    ("app:1", ["app:1"]),
    ("app:1\n", ["app:1"]),
    ("\n\n  app:1  \n\n\tapp:2\t\n", ["app:1", "app:2"]),
    ("app:1\r\napp:2\r\n", ["app:1", "app:2"]),
    ("app:1\rapp:2", ["app:1", "app:2"]),
    ("app:1,app:2", ["app:1", "app:2"]),
    ("app:1, app:2,\n", ["app:1", "app:2"]),
    ("app:1 ghcr.io/acme/app:1", ["app:1", "ghcr.io/acme/app:1"]),
    ("\u{FEFF}app:1\n", ["app:1"]),
    ("app\n", ["app"]),
    ("localhost:5000/app:1.2.3-rc.1\n", ["localhost:5000/app:1.2.3-rc.1"]),
    // One tag in three spellings is one push.
    ("nginx\nnginx:latest\ndocker.io/library/nginx:latest\nnginx:1\n", ["nginx", "nginx:1"]),
  ]) func `references stand one a line, or between commas`(_ text: String, _ expected: [String]) throws {
    #expect(try Self.read(text) == expected)
  }

  @Test(arguments: [
    ("app:1\nApp:2\n", "tags:2:1: cannot read 'App:2': the repository name 'App' must be lower case"),
    ("app:1\n  app:\n", "tags:2:3: cannot read 'app:': '' is not a tag"),
    ("# app:1\n", "tags:1:1: cannot read '#': '#' is not a repository name"),
    ("é app:1", "tags:1:1: cannot read 'é': 'é' is not a repository name"),
    (
      "https://ghcr.io/acme/app:1",
      "tags:1:1: cannot read 'https://ghcr.io/acme/app:1': an image reference has no scheme; leave 'https://' away"
    ),
    (
      "app:1@sha256:\(String(repeating: "a", count: 64))",
      "tags:1:1: 'app:1@sha256:\(String(repeating: "a", count: 64))' names a digest: a push goes to a tag; leave out what follows the '@'"
    ),
    (
      "x:1\nsha256:\(String(repeating: "a", count: 64))",
      "tags:2:1: 'sha256:\(String(repeating: "a", count: 64))' is a digest without a name: a push goes to a tag; write repository:tag"
    ),
    ("a\u{1B}[2Jb:1", "tags:1:1: cannot read 'a\u{FFFD}[2Jb:1': 'a\u{FFFD}[2Jb' is not a repository name"),
  ]) func `a text that is no reference is named with its place`(_ text: String, _ expected: String) {
    #expect { try Self.read(text) } throws: { error in
      let error = error as? PushedReferenceError
      return error?.description == expected && error?.isWrongReference == true
    }
  }

  @Test(arguments: ["", "\n", " \r\n\t\n", "\u{FEFF}", ",,"]) func `a list of nothing is an error`(_ text: String) {
    let expected = "tags: pushes no tag: it names no reference; see whether the step that writes it made any tag"
    #expect { try Self.read(text) } throws: { error in
      "\(error)" == expected && (error as? PushedReferenceError)?.isWrongReference == false
    }
  }

  @Test func `a very long line is cut in the message`() {
    #expect { try Self.read(String(repeating: "A", count: 5000)) } throws: { "\($0)".contains("'\(String(repeating: "A", count: 200))…'") }
  }

  @Test func `the place of each reference is kept`() throws {
    let pushed = try PushedReferences(lines: SourceText("\u{FEFF}app:1,\r\n app:2"), source: "tags.txt")
    #expect(pushed.references.map(\.origin.description) == ["tags.txt:1:1", "tags.txt:2:2"])
  }
}
