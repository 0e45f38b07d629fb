import Configuration
import Dialects
import Documents
import Rules
import SourceText
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Holds the JSON Schema and the decoder together by what the decoder does: an unknown key's error lists the keys it knows.
@Suite struct SchemaTests {
  private func schema() throws -> Node {
    let path = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Sources/Configuration/tagpin.schema.json"
    let data = try #require(FileManager.default.contents(atPath: path), "\(path) is missing")
    return try JSONReader.read(SourceText([UInt8](data))).documents[0]
  }

  /// Every mapping of the configuration: where the schema describes it, and a file whose first unknown key stands in it.
  static let places: [(path: [String], probe: String)] = [
    ([], "zzzzzzzzzzzzzzzz: 1"),
    (["style", "oneOf", "1", "items"], "style: [{zzzzzzzzzzzzzzzz: 1}]"),
    (["ignore", "items"], "ignore: [{zzzzzzzzzzzzzzzz: 1}]"),
    (["built-here", "items"], "built-here: [{zzzzzzzzzzzzzzzz: 1}]"),
    (["registries", "items"], "registries: [{zzzzzzzzzzzzzzzz: 1}]"),
    (["actions"], "actions: {zzzzzzzzzzzzzzzz: 1}"),
    (["helm"], "helm: {zzzzzzzzzzzzzzzz: 1}"),
    (["sites", "items"], "sites: [{zzzzzzzzzzzzzzzz: 1}]"),
    (["files", "items"], "files: [{zzzzzzzzzzzzzzzz: 1}]"),
    (["commit"], "commit: {zzzzzzzzzzzzzzzz: 1}"),
    (["policy", "items"], "policy: [{zzzzzzzzzzzzzzzz: 1}]"),
    (["min-age", "oneOf", "1", "items"], "min-age: [{zzzzzzzzzzzzzzzz: 1}]"),
    (["never-ignore", "items"], "never-ignore: [{zzzzzzzzzzzzzzzz: 1}]"),
    (["guard"], "guard: {zzzzzzzzzzzzzzzz: 1}"),
    (["signatures", "items"], "signatures: [{zzzzzzzzzzzzzzzz: 1}]"),
    (["signatures", "items", "properties", "cosign"], "signatures: [{cosign: {zzzzzzzzzzzzzzzz: 1}}]"),
  ]

  @Test(arguments: places)
  func `the schema has the keys that the decoder knows, and no others`(path: [String], probe: String) throws {
    var node = try schema()
    if !path.isEmpty { node = try #require(node["properties"]) }
    for step in path { node = try #require(Int(step).map { node.elements[$0] } ?? node[step]) }
    #expect(node["additionalProperties"]?.scalar?.value == "false")
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration(parsing: SourceText(probe), file: "", trust: .user)
    }
    let known = try #require(error?.problem.components(separatedBy: "known are ").dropFirst().first)
    let quoted = known.split(separator: "'").enumerated().filter { $0.offset % 2 == 0 }.map { String($0.element) }
    let described = try #require(node["properties"]).members.compactMap { $0.key.scalar?.value }
    #expect(quoted == described)
  }

  @Test func `no mapping of the schema is left out of the comparison`() throws {
    func count(_ node: Node) -> Int {
      (node["properties"] == nil ? 0 : 1) + node.members.reduce(0) { $0 + count($1.value) } + node.elements.reduce(0) { $0 + count($1) }
    }
    #expect(try count(schema()) == Self.places.count)
  }

  @Test func `the schema names the styles`() throws {
    let styles = try #require(try schema()["$defs"]?["style"]?["enum"]).elements.compactMap { $0.scalar?.value }
    #expect(styles == PinForm.styles.map(\.word))
  }

  @Test func `the schema names the states that a policy may weigh`() throws {
    let states = try #require(try schema()["$defs"]?["state"]?["enum"]).elements.compactMap { $0.scalar?.value }
    #expect(states == Rule.verdicts.filter { $0.reasonForFixedWeight == nil }.map(\.id))
    for state in Rule.verdicts {
      let source = SourceText("policy: [{state: \(state.id), severity: note}]")
      let isRead = (try? Configuration(parsing: source, file: "", trust: .user)) != nil
      #expect(isRead == states.contains(state.id), "\(state.id)")
    }
  }

  @Test(arguments: [
    ("style", "items", "oneOf"), ("built-here", "items", nil), ("registries", "items", nil), ("sites", "items", nil),
    ("files", "items", nil),
  ])
  func `what the schema requires is required`(key: String, items: String, alternative: String?) throws {
    var node = try #require(try schema()["properties"]?[key])
    if let alternative { node = try #require(node[alternative]?.elements[1]) }
    let required = try #require(node[items]?["required"]).elements.compactMap { $0.scalar?.value }
    #expect(!required.isEmpty)
    let values = ["files": "a", "style": "digest", "prefix": "a.test", "path": "a", "image": "a", "match": "a", "dialect": "compose"]
    for missing in required {
      let members = required.filter { $0 != missing }.map { "\($0): \(values[$0] ?? "")" }.joined(separator: ", ")
      let error = #expect(throws: ConfigurationError.self) {
        try Configuration(parsing: SourceText("\(key): [{\(members)}]"), file: "", trust: .user)
      }
      #expect(error?.problem == "'\(missing)' is missing in '\(key)'")
    }
  }
}
