import Foundation
import ServersForTests
import Testing

/// The picture in the README is what the program prints. TAGPIN_RECORD=1 draws it anew, and fails all the same.
@Suite(.timeLimit(.minutes(30))) struct PictureTests {
  private static let commands = ["tagpin check", "tagpin pin", "git diff -U0 shop"]

  @Test func `the picture shows a real run`() async throws {
    let isRecording = ProcessInfo.processInfo.environment["TAGPIN_RECORD"] == "1"
    let scene = try #require(Scene.all.first { $0.name == "shop" })
    let output = try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        try await scene.make(Scene.Stage(sandbox: sandbox, registry: registry))
        var text = ""
        for command in Self.commands {
          text += "\u{1B}[2m$\u{1B}[0m \u{1B}[1m\(command)\u{1B}[0m\n"
          let words = command.split(separator: " ").map(String.init)
          let isOwn = words[0] == "tagpin"
          let outcome = try await sandbox.program(isOwn ? Program.tagpinPath : "git").run(
            isOwn ? words.dropFirst() + ["--color", "always"] : ["-c", "color.ui=always"] + words.dropFirst())
          text += outcome.outputText + "\n"
        }
        return text
      }
    }
    let picture = TerminalPicture(output.trimmingCharacters(in: .newlines))
    for theme in [TerminalPicture.Theme.dark, .light] {
      let file = Example.directory.appending(path: "picture-\(theme.name).svg")
      if isRecording { try picture.svg(theme).write(to: file, atomically: true, encoding: .utf8) }
      #expect(try String(contentsOf: file, encoding: .utf8) == picture.svg(theme))
    }
    #expect(!isRecording, "recorded; run again without TAGPIN_RECORD")
  }
}
