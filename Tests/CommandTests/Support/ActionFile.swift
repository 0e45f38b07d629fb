import Documents
import Foundation
import ServersForTests
import SourceText

/// What action/action.yml says, as GitHub's runner reads it.
struct ActionFile: Sendable {
  struct Step: Sendable {
    var id: String
    var run: String
    var environment: [(name: String, value: String)]
  }

  /// The default of each input.
  var inputs: [String: String] = [:]
  var outputs: [String: String] = [:]
  var steps: [Step] = []

  /// Fails on whatever the runner below does not play: a key that it does not know could change everything.
  init(_ bytes: [UInt8]) throws {
    guard let root = try YAMLReader.read(SourceText(bytes)).documents.first, let runs = root["runs"] else {
      throw Program.Failure(description: "no action")
    }
    for input in root["inputs"]?.members ?? [] {
      try Self.expect(input.value, ["description", "default", "required"])
      inputs[try Self.text(input.key)] = try input.value["default"].map(Self.text) ?? ""
    }
    for output in root["outputs"]?.members ?? [] {
      try Self.expect(output.value, ["description", "value"])
      outputs[try Self.text(output.key)] = try Self.text(output.value["value"])
    }
    try Self.expect(runs, ["using", "steps"])
    guard try Self.text(runs["using"]) == "composite" else { throw Program.Failure(description: "no composite action") }
    for step in runs["steps"]?.elements ?? [] {
      try Self.expect(step, ["id", "shell", "run", "env"])
      guard try Self.text(step["shell"]) == "bash" else { throw Program.Failure(description: "not bash") }
      let environment = try (step["env"]?.members ?? []).map { (try Self.text($0.key), try Self.text($0.value)) }
      steps.append(Step(id: try Self.text(step["id"]), run: try Self.text(step["run"]), environment: environment))
    }
  }

  private static func text(_ node: Node?) throws -> String {
    guard let scalar = node?.scalar else { throw Program.Failure(description: "a text is missing") }
    return scalar.value
  }

  private static func expect(_ node: Node, _ keys: Set<String>) throws {
    for member in node.members where !keys.contains(try text(member.key)) {
      throw Program.Failure(description: "the runner of these tests does not know the key '\(try text(member.key))'")
    }
  }
}

/// `${{ … }}` where nothing but the name of a value stands between the braces.
enum ActionExpression {
  static func evaluate(_ text: String, _ value: (_ name: String) -> String?) throws -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${{") {
      guard let end = rest[start.upperBound...].firstRange(of: "}}") else { throw Program.Failure(description: "no end in '\(text)'") }
      let name = rest[start.upperBound..<end.lowerBound].trimmingCharacters(in: .whitespaces)
      guard let value = value(name) else { throw Program.Failure(description: "'\(name)' is not known to the runner of these tests") }
      result += rest[..<start.lowerBound] + value
      rest = rest[end.upperBound...]
    }
    return result + rest
  }
}
