import Foundation
import Testing

/// A Markdown file of this repository for readers: the README, a page of the manual, a note for contributors.
struct Document: Sendable, CustomTestStringConvertible {
  /// From the package's root.
  let path: String

  var testDescription: String { path }
  var url: URL { Example.root.appending(path: path) }
  func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }

  static let pages: [Document] = markdown(below: "Sources/Manual/Pages")
  static let all: [Document] =
    [Document(path: "README.md"), Document(path: "action/README.md"), Document(path: "Tests/Benchmarks/README.md")]
    + markdown(below: "Sources") + markdown(below: "examples") + markdown(below: ".github")

  private static func markdown(below directory: String) -> [Document] {
    (FileManager.default.enumerator(atPath: Example.root.appending(path: directory).path) ?? .init()).compactMap { $0 as? String }
      .filter { $0.hasSuffix(".md") }.sorted().map { Document(path: "\(directory)/\($0)") }
  }

  /// Commands as somebody types them and what they print: a block whose first line is "```console SCENE".
  struct Session: Sendable, CustomTestStringConvertible {
    var document: Document
    /// From 1: of the first line inside.
    var line: Int
    var scene: String
    var steps: [Step]

    var testDescription: String { "\(document.path):\(line)" }
  }

  struct Step: Sendable {
    var command: String
    var output: String
  }

  func sessions() throws -> [Session] {
    var sessions: [Session] = []
    var open: Session?
    for (index, line) in try text().split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let session = open {
        if line == "```" {
          sessions.append(session)
          open = nil
        } else if line.hasPrefix("$ ") {
          open?.steps.append(Step(command: String(line.dropFirst(2)), output: ""))
        } else if !session.steps.isEmpty {
          open?.steps[session.steps.count - 1].output += line + "\n"
        }
      } else if line.hasPrefix("```console") {
        open = Session(
          document: self, line: index + 2, scene: line.dropFirst("```console".count).trimmingCharacters(in: .whitespaces), steps: [])
      }
    }
    return sessions
  }

  static let sessions: [Session] = ((try? ([Document(path: "README.md")] + pages).flatMap { try $0.sessions() }) ?? [])
}
