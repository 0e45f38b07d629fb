import Configuration
import Dialects
import Pinning
import Reporting
import Rules
import Testing

@Suite struct CommitMessageTests {
  private static let commitA = String(repeating: "a1", count: 20)
  private static let commitB = String(repeating: "b2", count: 20)
  private static let shortA = "sha256:4c1f0a9b2d3e…"
  private static let shortB = "sha256:b0b0b0b0b0b0…"

  private func message(_ command: Report.Command, _ changes: [(String, String)], _ template: MessageTemplate? = nil) -> String {
    let sites = changes.enumerated().map { index, change in
      let isAction = change.0.hasPrefix("actions/")
      return site(
        change.0, index + 1, 1, .changed(to: change.1), kind: isAction ? .action : .image, content: isAction ? .skipped(.notSelected) : nil)
    }
    let report = Report(command: command, files: [FileReport(path: "f.yaml", sites: sites, change: change(isWritten: false))])
    return CommitMessage(report).text(template)
  }

  private func subject(_ command: Report.Command, _ changes: [(String, String)]) -> String {
    String(message(command, changes).prefix { $0 != "\n" })
  }

  @Test func `one reference is named`() {
    #expect(
      message(.pin, [("nginx:1.25", "nginx:1.25@" + digestA)]) == """
        Pin nginx to 1.25@\(Self.shortA)

        - nginx: 1.25 → 1.25@\(Self.shortA)
          f.yaml

        """)
    #expect(
      message(.update, [("nginx:1.25@" + digestA, "nginx:1.25@" + digestB)]) == """
        Update nginx to 1.25@\(Self.shortB)

        - nginx: 1.25@\(Self.shortA) → 1.25@\(Self.shortB)
          f.yaml

        """)
    #expect(message(.pin, [("nginx", "nginx:latest@" + digestA)]).contains("\n- nginx: (no tag) → latest@\(Self.shortA)\n"))
    #expect(message(.pin, [("nginx:1", "nginx@" + digestA)]).contains("\n- nginx: 1 → \(Self.shortA)\n"))
    #expect(subject(.unpin, [("nginx:1.25@" + digestA, "nginx:1.25")]) == "Unpin nginx to 1.25")
    #expect(subject(.update, [("nginx:1.25", "nginx:1.25@" + digestA)]) == "Pin nginx to 1.25@\(Self.shortA)")
    #expect(subject(.pin, [("actions/checkout@v4", "actions/checkout@" + Self.commitA)]) == "Pin actions/checkout to a1a1a1a")
  }

  @Test func `several are counted by kind, each once`() {
    let images = [("a:1", "a:1@" + digestA), ("b:1", "b:1@" + digestA), ("a:1", "a:1@" + digestA)]
    let actions = [("actions/a@v1", "actions/a@" + Self.commitA), ("actions/b@v1", "actions/b@" + Self.commitA)]
    #expect(subject(.pin, images) == "Pin 2 images to digests")
    #expect(subject(.pin, actions) == "Pin 2 actions to commits")
    #expect(subject(.pin, images + actions) == "Pin 2 images and 2 actions to digests")
    #expect(subject(.pin, Array(images.prefix(1) + actions.prefix(1))) == "Pin 1 image and 1 action to digests")
    let moved = [("c:1@" + digestA, "c:1@" + digestB), ("d:1@" + digestA, "d:1@" + digestB)]
    let movedAction = [("actions/c@" + Self.commitA, "actions/c@" + Self.commitB)]
    #expect(subject(.update, moved) == "Update 2 digests")
    #expect(subject(.update, moved + movedAction) == "Update 2 digests and 1 action")
    #expect(subject(.update, moved + images) == "Update 2 digests, pin 2 images")
    #expect(subject(.update, images) == "Pin 2 images to digests")
    #expect(subject(.unpin, [("c:1@" + digestA, "c:1"), ("d:1@" + digestA, "d:1")]) == "Unpin 2 images")
  }

  @Test func `long lists are cut, with a count`() {
    let sites = (0..<130).map { site("i\($0):1", $0 + 1, 1, .changed(to: "i\($0):1@" + digestA)) }
    let files = (0..<8).map { FileReport(path: "f\($0).yaml", sites: sites, change: change(isWritten: false)) }
    let text = CommitMessage(Report(command: .pin, files: files)).text()
    #expect(text.hasPrefix("Pin 130 images to digests\n\n- i0: 1 → "))
    #expect(text.contains("\n  f0.yaml, f1.yaml, f2.yaml, f3.yaml, f4.yaml and 3 more files\n"))
    #expect(text.hasSuffix("\n\n… and 30 more references in 8 files\n"))
    #expect(text.split(separator: "\n").count == 1 + 200 + 1)
  }

  @Test func `a file that failed is not counted`() {
    var lost = FileReport(path: "b.yaml", sites: [site("b:1", 1, 1, .changed(to: "b:1@" + digestA))], change: change(isWritten: false))
    lost.state = .failed(.notReplaced, problem: "it is on fire", at: nil)
    let good = FileReport(path: "a.yaml", sites: [site("a:1", 1, 1, .changed(to: "a:1@" + digestA))], change: change())
    #expect(CommitMessage(Report(command: .pin, files: [good, lost])).subject == "Pin a to 1@\(Self.shortA)")
  }

  @Test func `control characters of a file's name do not get into the message`() {
    let file = FileReport(path: "a\u{1B}[31m\n.yaml", sites: [site("a:1", 1, 1, .changed(to: "a:1@" + digestA))], change: change())
    #expect(CommitMessage(Report(command: .pin, files: [file])).text().hasSuffix("\n  a\\x1b[31m\\n.yaml\n"))
  }

  @Test func `a template's fields are filled in`() throws {
    let template = try MessageTemplate(parsing: "deps({command}): {subject}, {images}+{actions} in {files} {{x}}\n\n{body}")
    #expect(
      message(.pin, [("nginx:1.25", "nginx:1.25@" + digestA)], template) == """
        deps(pin): Pin nginx to 1.25@\(Self.shortA), 1+0 in 1 {x}

        - nginx: 1.25 → 1.25@\(Self.shortA)
          f.yaml

        """)
  }
}

@Suite struct MessageTextTests {
  @Test(arguments: [
    ("a", "a\n"), ("\n\n a  \n\n\n\nb\t\n\n", " a\n\nb\n"), ("a\r\nb", "a\nb\n"), (" \n", ""), ("", ""), ("# a\n", "# a\n"),
  ])
  func `messages are cleaned up as git does it`(text: String, expected: String) { #expect(MessageText.cleaned(text) == expected) }

  @Test(arguments: [
    ("Refs: #12", "Refs: #12"), ("Refs=#12", "Refs: #12"), ("Co-authored-by:A <a@x>", "Co-authored-by: A <a@x>"), ("Refs", nil),
    ("Refs:", nil), (": x", nil), ("a b: c", nil), ("Refs: a\nb", nil), ("é: x", nil),
  ])
  func `trailers are written one way`(text: String, expected: String?) { #expect(MessageText.trailer(text) == expected) }

  @Test func `trailers stand in a paragraph of their own, or in the one that is there`() {
    #expect(MessageText.adding([], to: "a\n\nb") == "a\n\nb\n")
    #expect(MessageText.adding(["X: 1", "Y: 2"], to: "a") == "a\n\nX: 1\nY: 2\n")
    #expect(MessageText.adding(["Y: 2"], to: "a\n\nb\n\nX: 1\n  more\n") == "a\n\nb\n\nX: 1\n  more\nY: 2\n")
    #expect(MessageText.adding(["Y: 2"], to: "fix: a") == "fix: a\n\nY: 2\n")
    #expect(MessageText.adding(["Y: 2"], to: "a\n\nX: 1\nprose") == "a\n\nX: 1\nprose\n\nY: 2\n")
    #expect(MessageText.adding(["X: 1"], to: "a\n\nX: 1") == "a\n\nX: 1\n")
  }
}
