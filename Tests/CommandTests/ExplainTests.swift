import Foundation
import ServersForTests
import Testing

/// `tagpin explain`, of places and of rules.
@Suite(.timeLimit(.minutes(30))) struct ExplainTests {
  static let files = [
    "compose.yaml":
      "services:\n  a:\n    image: nginx:1.27\n  b:\n    image: $OTHER\n  c: {image: 'redis:8@sha256:\(String(repeating: "ab", count: 32))'}\n",
    "empty/compose.yaml": "services: {}\n",
  ]

  struct Row: Sendable, CustomTestStringConvertible {
    var subject: String
    var words: [String]
    var status: Int32 = 0

    var testDescription: String { subject }
  }

  static let rows: [Row] = [
    Row(
      subject: "compose.yaml:3",
      words: [
        "compose.yaml:3:12: nginx:1.27", "services.a.image", "compose, services.*.image", "the image docker.io/library/nginx:1.27",
        "unpinned",
        "Run 'tagpin pin'", "ignore: [{ image: \"nginx:1.27\" }]",
      ]),
    Row(subject: "compose.yaml:3:14", words: ["compose.yaml:3:12: nginx:1.27"]),
    Row(subject: "compose.yaml:3:1", words: ["compose.yaml:3:12: nginx:1.27"]),
    Row(subject: "compose.yaml:5", words: ["compose.yaml:5:12", "not-literal"]),
    Row(subject: "compose.yaml", words: ["compose.yaml:3:12", "compose.yaml:5:12", "compose.yaml:6:", "pinned"]),
    Row(subject: "compose.yaml:4", words: ["no reference in line 4 of 'compose.yaml', read as compose", "3, 5, 6"], status: 2),
    Row(subject: "empty/compose.yaml", words: ["no references in 'empty/compose.yaml', read as compose", "--dialect"], status: 2),
    Row(subject: "nowhere.yaml:3", words: ["'nowhere.yaml' does not exist"], status: 2),
    Row(subject: "empty", words: ["is a directory"], status: 64),
    Row(subject: "tag-in-script", words: ["tag-in-script:", "Why it matters:", "What to do:"]),
    Row(subject: "tag-in-scirpt", words: ["did you mean 'tag-in-script'?"], status: 64),
    Row(subject: "zzzzzz", words: ["there is no rule 'zzzzzz'", "'tagpin explain' lists the rules"], status: 64),
  ]

  @Test(arguments: rows) func `a place and a rule are explained`(_ row: Row) async throws {
    try await Sandbox.with(Self.files) { sandbox in
      let outcome = try await sandbox.tagpin("explain", row.subject)
      #expect(outcome.status == row.status, "\(outcome.outputText)\(outcome.errorText)")
      let text = row.status == 0 ? outcome.outputText : outcome.errorText
      for words in row.words { #expect(text.contains(words), "'\(words)' is missing in\n\(text)") }
    }
  }

  @Test func `machines get the same`() async throws {
    struct Rules: Decodable {
      var rules: [Rule]
      struct Rule: Decodable { var id: String, what: String, why: String, advice: String }
    }
    struct Places: Decodable {
      var places: [Place]
      struct Place: Decodable { var line: Int, column: Int, text: String, dialect: String, state: String, rule: Rules.Rule }
    }
    try await Sandbox.with(Self.files) { sandbox in
      let all = try JSONDecoder().decode(Rules.self, from: Data(try await sandbox.tagpin("explain", "--format", "json").output)).rules
      #expect(all.count > 50)
      let list = try await sandbox.tagpin("explain").outputText
      for rule in all { #expect(list.contains("  \(rule.id) "), "\(rule.id)") }
      let place = try await sandbox.tagpin("explain", "compose.yaml:3", "--format", "json")
      let places = try JSONDecoder().decode(Places.self, from: Data(place.output)).places
      #expect(places.map(\.text) == ["nginx:1.27"])
      #expect(places.first?.rule.id == "floating-tag")
    }
  }
}
