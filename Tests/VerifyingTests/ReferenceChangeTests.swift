import Dialects
import Testing

@testable import Verifying

/// What differs between two versions of one file.
@Suite struct ReferenceChangeTests {
  func pins(_ text: String) -> [PinnedReference] {
    PinReader(options: DialectOptions()).pins(at: "compose.yaml") { Array("services:\n\(text)".utf8) }
  }

  static let digests = ["a", "b"].map { "sha256:" + String(repeating: $0, count: 64) }

  @Test(arguments: [
    ("  web: {image: 'nginx:1@A'}\n", "  web: {image: 'nginx:1@B'}\n", ["services.web.image A→B"]),
    ("  web: {image: 'nginx:1'}\n", "  web: {image: 'nginx:1@A'}\n", ["services.web.image -→A"]),
    ("  web: {image: 'nginx:1@A'}\n", "  web: {image: 'nginx:2@B'}\n", ["services.web.image A→B"]),
    ("  web: {image: 'nginx:1@A'}\n", "  app: {image: 'nginx:1@A'}\n", []),
    ("  web: {image: 'nginx:1@A'}\n", "  app: {image: 'nginx:1@B'}\n", ["services.app.image A→B"]),
    ("  web: {image: 'nginx:1@A'}\n", "  app: {image: 'redis:1@B'}\n", ["services.app.image nothing→B", "services.web.image A→nothing"]),
    ("  a: {image: 'x:1@A'}\n  b: {image: 'x:1@A'}\n", "  a: {image: 'x:1@A'}\n", ["services.b.image A→nothing"]),
    ("  a: {image: 'x:1@A'}\n", "  # a line\n\n  a: {image: 'x:1@A'}\n", []),
  ])
  func `changes are told by their places`(_ old: String, _ new: String, _ expected: [String]) {
    func filled(_ text: String) -> String { text.replacing("@A", with: "@\(Self.digests[0])").replacing("@B", with: "@\(Self.digests[1])") }
    func word(_ pin: PinnedReference?) -> String {
      guard let pin else { return "nothing" }
      return pin.content.map { $0 == Self.digests[0] ? "A" : "B" } ?? "-"
    }
    let changes = ReferenceChange.changes(from: pins(filled(old)), at: "compose.yaml", to: pins(filled(new)), at: "compose.yaml")
    #expect(changes.map { "\($0.place) \(word($0.old))→\(word($0.new))" } == expected)
  }

  @Test func `the name of a reference is what stays when its pin moves`() {
    let text = "  a: {image: 'docker.io/library/nginx:1.27@\(Self.digests[0])'}\n  b: {image: 'ghcr.io/a/b@\(Self.digests[0])'}\n"
    #expect(pins(text).map(\.name) == ["nginx:1.27", "ghcr.io/a/b"])
    let workflow =
      "jobs: {a: {steps: [\n  {uses: actions/checkout@\(String(repeating: "a", count: 40))}, # v4\n  {uses: actions/cache@v4}]}}\n"
    let found = PinReader(options: DialectOptions()).pins(at: ".github/workflows/ci.yml") { Array(workflow.utf8) }
    #expect(found.map(\.name) == ["actions/checkout@v4", "actions/cache@v4"])
    #expect(found.map { $0.content?.count } == [40, nil])
  }
}
