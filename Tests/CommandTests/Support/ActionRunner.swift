import Foundation
import ServersForTests

/// Plays GitHub's runner for action/action.yml: it executes the action's own steps, as bash, with the files and variables that a runner
/// gives.
struct ActionRunner: Sendable {
  let sandbox: Sandbox
  /// A copy of the action's directory, so that a test can give it releases of its own.
  let path: String
  /// What `${{ github.* }}` says.
  var github: [String: String] = [
    "github.token": "default-token", "github.server_url": "https://github.test", "github.repository": "acme/shop",
    "github.action_repository": "",
  ]
  var environment: [String: String] = [:]

  struct Result: Sendable {
    /// Of the step that failed; 0 where none did.
    var status: Int32 = 0
    var failedStep: String?
    var outputs: [String: String] = [:]
    /// Standard output and error of all steps.
    var log = ""
    var summary = ""
    /// What the action leaves for the steps behind it.
    var environment: [String: String] = [:]
    var searchPath: [String] = []
  }

  private static let action = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "action")

  init(_ sandbox: Sandbox) throws {
    self.sandbox = sandbox
    path = "\(sandbox.root)/_actions/acme/tagpin/v1/action"
    try FileManager.default.createDirectory(atPath: "\(sandbox.root)/_actions/acme/tagpin/v1", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: "\(sandbox.root)/temp", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Self.action.path, toPath: path)
  }

  /// Runs the action with these inputs; `binary` is the program of this build where neither it nor `releases` is given.
  func run(_ given: [String: String]) async throws -> Result {
    let file = try ActionFile(try sandbox.bytes("\(path)/action.yml"))
    var inputs = file.inputs
    inputs["binary"] = Program.tagpinPath
    for (name, value) in given {
      guard file.inputs[name] != nil else { throw Program.Failure(description: "the action has no input '\(name)'") }
      inputs[name] = value
    }
    for (name, value) in inputs { inputs[name] = try ActionExpression.evaluate(value) { github[$0] } }

    var result = Result()
    var outputs: [String: String] = [:]
    func value(_ name: String) -> String? {
      if let value = github[name] { return value }
      if name.hasPrefix("inputs.") { return inputs[String(name.dropFirst("inputs.".count))] }
      // An output that a step did not set is empty; a step that does not exist is a mistake.
      guard let step = name.wholeMatch(of: #/steps\.([\w-]+)\.outputs\.[\w-]+/#)?.1 else { return nil }
      return file.steps.contains { $0.id == step } ? outputs[name] ?? "" : nil
    }
    for step in file.steps {
      let ran = try await run(step, value, &result)
      for (name, value) in ran { outputs["steps.\(step.id).outputs.\(name)"] = value }
      guard result.status == 0 else { break }
    }
    for (name, text) in file.outputs { result.outputs[name] = try ActionExpression.evaluate(text, value) }
    return result
  }

  /// Gives the step's outputs.
  private func run(_ step: ActionFile.Step, _ value: (String) -> String?, _ result: inout Result) async throws -> [String: String] {
    guard !step.run.contains("${{") else { throw Program.Failure(description: "an expression stands in the script of '\(step.id)'") }
    let place = "\(sandbox.root)/files-\(UUID().uuidString)"
    try sandbox.write(step.run, to: "\(place)/script.sh")
    let files = ["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"]
    for file in files { try sandbox.write("", to: "\(place)/\(file)") }
    var variables = [
      "GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": path, "GITHUB_WORKSPACE": sandbox.repository, "RUNNER_TEMP": "\(sandbox.root)/temp",
      "GITHUB_EVENT_NAME": "schedule", "GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "main",
      "PATH": (result.searchPath.reversed() + [sandbox.environment["PATH"] ?? ""]).joined(separator: ":"),
    ]
    for file in files { variables[file] = "\(place)/\(file)" }
    variables.merge(environment) { $1 }
    variables.merge(result.environment) { $1 }
    for (name, text) in step.environment { variables[name] = try ActionExpression.evaluate(text, value) }
    let bash = sandbox.program("bash", environment: variables)
    let outcome = try await bash.run(["--noprofile", "--norc", "-e", "-o", "pipefail", "\(place)/script.sh"])
    result.log += outcome.outputText + outcome.errorText
    result.summary += try sandbox.text("\(place)/GITHUB_STEP_SUMMARY")
    result.environment.merge(try Self.values(in: try sandbox.text("\(place)/GITHUB_ENV"))) { $1 }
    result.searchPath += try sandbox.text("\(place)/GITHUB_PATH").split(separator: "\n").map(String.init)
    if outcome.status != 0 {
      result.status = outcome.status
      result.failedStep = step.id
    }
    return try Self.values(in: try sandbox.text("\(place)/GITHUB_OUTPUT"))
  }

  /// `name=value`, or `name<<END`, lines, `END` (GitHub documentation, "Environment files").
  static func values(in text: String) throws -> [String: String] {
    var result: [String: String] = [:]
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    if lines.last == "" { lines.removeLast() }
    while let line = lines.popFirst() {
      if let opening = line.wholeMatch(of: #/([\w-]+)<<(.+)/#) {
        guard let end = lines.firstIndex(of: String(opening.2)) else { throw Program.Failure(description: "no end of '\(opening.1)'") }
        result[String(opening.1)] = lines[..<end].joined(separator: "\n")
        lines = lines[(end + 1)...]
      } else if let parts = line.wholeMatch(of: #/([\w-]+)=(.*)/#) {
        result[String(parts.1)] = String(parts.2)
      } else {
        throw Program.Failure(description: "not a line of an environment file: '\(line)'")
      }
    }
    return result
  }
}
