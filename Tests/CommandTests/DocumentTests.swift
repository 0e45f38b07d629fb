import Foundation
import ServersForTests
import Testing

/// Every command that README and manual show is run, and its output compared. `…` alone on a line stands for any lines.
@Suite(.timeLimit(.minutes(30))) struct DocumentTests {
  private static let isRecording = ProcessInfo.processInfo.environment["TAGPIN_RECORD"] == "1"
  /// What readers see in place of the ports of this run: a registry, and a port on which nobody listens.
  private static let registry = "127.0.0.1:5055", nobody = "127.0.0.1:5056"
  private static let mark = "\u{1}"

  @Test func `there are examples, each in a scene`() {
    #expect(Document.sessions.count > 20)
    let scenes = Set(Scene.all.map(\.name))
    for session in Document.sessions {
      #expect(scenes.contains(session.scene), "\(session.testDescription): there is no scene '\(session.scene)'")
      #expect(!session.steps.isEmpty, "\(session.testDescription)")
    }
  }

  /// TAGPIN_RECORD=1 writes what the commands print into the documents, and fails all the same.
  @Test(arguments: Document.sessions) func `an example prints what the document says`(_ session: Document.Session) async throws {
    let scene = try #require(Scene.all.first { $0.name == session.scene })
    let outputs = try await Self.outputs(of: session, in: scene)
    try #require(outputs.count == session.steps.count)
    if Self.isRecording { try await Recorder.shared.record(session, outputs) }
    #expect(!Self.isRecording, "recorded; run again without TAGPIN_RECORD")
    for (step, output) in zip(session.steps, outputs) {
      #expect(Self.matches(output, step.output), "\(session.testDescription): $ \(step.command)\n\(output)")
    }
  }

  /// All commands of a session in one shell, so that `$?` is what it would be.
  private static func outputs(of session: Document.Session, in scene: Scene) async throws -> [String] {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        try await scene.make(Scene.Stage(sandbox: sandbox, registry: registry))
        try FileManager.default.createSymbolicLink(atPath: "\(sandbox.bin)/tagpin", withDestinationPath: Program.tagpinPath)
        var script = "exec 2>&1\nstatus=0\n"
        for step in session.steps {
          script += "(exit $status)\n\(step.command)\nstatus=$?\nprintf '\(mark)'\n"
        }
        script = script.replacing(Self.registry, with: registry.host).replacing(Self.nobody, with: "127.0.0.1:9")
        let outcome = try await sandbox.program("bash", environment: Scene.dates).run(["-c", script])
        let text = outcome.outputText.replacing(registry.host, with: Self.registry).replacing("127.0.0.1:9", with: Self.nobody)
          .replacing(sandbox.home, with: "/home/me").replacing("\(sandbox.root)/etc/tagpin.yaml", with: "/etc/tagpin.yaml")
        return text.components(separatedBy: mark).dropLast()
      }
    }
  }

  /// Whether the lines are those, `…` standing for any number of them.
  private static func matches(_ output: String, _ wanted: String) -> Bool {
    let parts = "\n\(wanted)".components(separatedBy: "\n…\n")
    guard parts.count > 1 else { return output == wanted }
    var rest = "\n\(output)"[...]
    for (index, part) in parts.enumerated() {
      if index == 0 {
        guard rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if index == parts.count - 1 {
        return rest.hasSuffix(part)
      } else {
        guard let range = rest.firstRange(of: part) else { return false }
        rest = rest[range.upperBound...]
      }
    }
    return true
  }

  /// One at a time writes into a document.
  private actor Recorder {
    static let shared = Recorder()

    func record(_ session: Document.Session, _ outputs: [String]) throws {
      var text = try session.document.text()
      func written(_ steps: [Document.Step]) -> String {
        "```console \(session.scene)\n" + steps.map { "$ \($0.command)\n\($0.output)" }.joined() + "```\n"
      }
      let steps = zip(session.steps, outputs).map { step, output in
        DocumentTests.matches(output, step.output) ? step : Document.Step(command: step.command, output: output)
      }
      guard let range = text.firstRange(of: written(session.steps)) else { return }
      text.replaceSubrange(range, with: written(steps))
      try text.write(to: session.document.url, atomically: true, encoding: .utf8)
    }
  }
}
