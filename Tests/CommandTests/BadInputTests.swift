import Foundation
import ServersForTests
import Testing

/// What no reader can make sense of, or what is made to hurt one, among files that are fine: each ends in an orderly message, and the rest
/// of the run is unharmed.
@Suite(.timeLimit(.minutes(30))) struct BadInputTests {
  private static let image = Image.single("app")

  /// A file, and how its message begins; nil where there is nothing wrong with it in the end.
  struct BadFile: Sendable, CustomTestStringConvertible {
    var path: String
    var bytes: [UInt8]
    var message: String?

    init(_ path: String, _ bytes: [UInt8], _ message: String?) {
      self.path = path
      self.bytes = bytes
      self.message = message
    }

    init(_ path: String, _ text: String, _ message: String?) { self.init(path, Array(text.utf8), message) }

    var testDescription: String { path }
  }

  private static let tooDeep = "nested deeper than 1,000 levels"

  static let files = [
    BadFile(
      "latin1/compose.yaml", Array("a: caf".utf8) + [0xE9], ":1:7: error: cannot be read as YAML: the file is not UTF-8: a byte 0xe9"),
    BadFile(
      "latin1/docker-bake.json", Array("{\"a\": \"".utf8) + [0xE9],
      ":1:8: error: cannot be read as JSON: the file is not UTF-8: a byte 0xE9"),
    BadFile(
      "latin1/Dockerfile", Array("FROM caf".utf8) + [0xE9, 0x0A], ":1:6: error: 'caf\u{FFFD}' is not an image reference"),
    BadFile("utf16/compose.yaml", utf16("services: {a: {image: x}}\n"), ": error: the file is UTF-16, which is not read: save it as UTF-8"),
    BadFile("utf16/Dockerfile", utf16("FROM x\n"), ": error: the file is UTF-16, which is not read: save it as UTF-8"),
    BadFile(
      "nul/compose.yaml", "services: {a: {image: ngi\0nx:1}}\n", ":1:26: error: cannot be read as YAML: control characters are not allowed"),
    BadFile("nul/Dockerfile", "FROM ngi\0nx:1\n", ":1:6: error: 'ngi\\x00nx:1' is not an image reference"),
    BadFile(
      "nul/docker-bake.hcl", "target \"a\" {\n  contexts = { b = \"docker-image://ngi\0nx:1\" }\n}\n",
      ":2:36: error: 'ngi\\x00nx:1' is not an image reference"),
    BadFile(
      "deep/compose.block.yaml", (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
      ":1001:1001: error: cannot be read as YAML: " + tooDeep),
    BadFile("deep/compose.flow.yaml", String(repeating: "[", count: 10_000), ":1:1001: error: cannot be read as YAML: " + tooDeep),
    BadFile("deep/compose.list.yaml", String(repeating: "- ", count: 10_000), ":1:2001: error: cannot be read as YAML: " + tooDeep),
    BadFile("deep/docker-bake.json", String(repeating: "{\"a\":", count: 10_000), ":1:5001: error: cannot be read as JSON: " + tooDeep),
    BadFile(
      "deep/docker-bake.tuple.hcl", "a = " + String(repeating: "[", count: 10_000), ":1:1005: error: cannot be read as HCL: " + tooDeep),
    BadFile("deep/docker-bake.block.hcl", String(repeating: "a {\n", count: 10_000), ":1001:3: error: cannot be read as HCL: " + tooDeep),
    BadFile("deep/docker-bake.call.hcl", "a = " + String(repeating: "f(", count: 10_000), ":1:"),
    BadFile(
      "surrogates/task.json",
      #"{"containerDefinitions": [{"image": "x\ud83d\ude00:1"}, {"image": "\ud83d:1"}, {"image": "ngi\u006ex:1"}]}"#,
      ":1:37: error: 'x\u{1F600}:1' is not an image reference"),
    BadFile("surrogates/docker-bake.json", #"{"a": "\u12"}"#, ":1:8: error: cannot be read as JSON: '\\u' needs 4 hexadecimal digits"),
    BadFile(
      "long/compose.yaml", "services: {a: {image: \"" + String(repeating: "x/", count: 100_000) + "\"}}\n",
      ":1:24: error: 'x/x/"),
    BadFile("long/Dockerfile", "FROM " + String(repeating: "<a", count: 100_000) + "\n", ":1:6: error: '<a<a"),
    BadFile(
      "many/Dockerfile", String(repeating: "FROM a\n", count: 100_001),
      ":100001:1: error: cannot be read as a Dockerfile: more than 100,000 "),
    BadFile("cut/compose.yaml", "services: {a: {image: \"nginx:1", ":1:31: error: cannot be read as YAML: "),
  ]

  private static func utf16(_ text: String) -> [UInt8] {
    [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
  }

  /// Nine aliases of nine aliases of …: a billion values, if they were written out.
  private static func bomb(_ image: String) -> String {
    let levels = (1...9).map { "x\($0): &x\($0) [\(Array(repeating: "*x\($0 - 1)", count: 9).joined(separator: ", "))]\n" }
    return "x0: &x0 {restart: always}\n" + levels.joined() + "services: {a: {image: \"\(image)\"}, b: *x9, c: {<<: [*x0, *x0]}}\n"
  }

  private func withServer(_ body: (Sandbox, ScriptedServer) async throws -> Void) async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      try await Sandbox.with { try await body($0, server) }
    }
  }

  private func compose(_ server: ScriptedServer, pinned: Bool = false) -> String {
    "services: {web: {image: \"\(server.host)/app:1\(pinned ? "@\(Self.image.digest)" : "")\"}}\n"
  }

  @Test func `every bad file has its message, keeps its bytes, and harms no other`() async throws {
    try await withServer { sandbox, server in
      try await sandbox.track(["compose.yaml": compose(server), "z/compose.yaml": compose(server)])
      for file in Self.files { try sandbox.write(file.bytes, to: file.path) }
      try sandbox.write(Self.bomb("\(server.host)/app:1"), to: "bomb/compose.yaml")
      let emoji = #"{"containerDefinitions": [{"name": "\ud83d\ude00", "image": "IMAGE", "command": ["\ud83d\ude00"]}]}"#
      try sandbox.write(emoji.replacing("IMAGE", with: "\(server.host)/app:1"), to: "good/task.json")
      try await sandbox.git("add", "-A")

      let outcome = try await sandbox.program(Program.tagpinPath).run(["pin"], timeout: .seconds(200))
      #expect(outcome.status == 2)
      for file in Self.files {
        let message = try #require(file.message)
        #expect(
          outcome.outputText.contains("\n\(file.path)\(message)"), "no '\(file.path)\(message)' in:\n\(outcome.outputText.prefix(20_000))")
        #expect(try sandbox.bytes(file.path) == file.bytes, "\(file.path)")
      }
      #expect(outcome.output.count < 100_000, "a line of the report is as long as the value it is about")
      for path in ["compose.yaml", "z/compose.yaml"] { #expect(try sandbox.text(path) == compose(server, pinned: true)) }
      #expect(try sandbox.text("good/task.json") == emoji.replacing("IMAGE", with: "\(server.host)/app:1@\(Self.image.digest)"))
      #expect(try sandbox.text("bomb/compose.yaml") == Self.bomb("\(server.host)/app:1@\(Self.image.digest)"))
    }
  }

  @Test func `UTF-16 of a kind that content tells is left alone, and not without a word`() async throws {
    try await Sandbox.with { sandbox in
      try sandbox.write(Self.utf16("apiVersion: v1\r\nkind: Pod\r\nspec: {containers: [{image: nginx:1}]}\r\n"), to: "pod.yaml")
      try sandbox.write(Self.utf16("greeting: hello\r\n"), to: "other.yaml")
      try await sandbox.git("add", "-A")
      let outcome = try await sandbox.tagpin("list")
      #expect(outcome.status == 0)
      #expect(
        outcome.outputText.contains("pod.yaml\n  skipped (the file is UTF-16, which is not read: save it as UTF-8)"),
        "\(outcome.outputText)")
      #expect(!outcome.outputText.contains("other.yaml"))
    }
  }

  /// What git tracks and the work tree has not, or has as something else. None of it is waited for.
  @Test func `what is no regular file any more fails alone, what is gone is skipped`() async throws {
    try await withServer { sandbox, server in
      let gone = ["pipe", "directory", "gone", "looped"].map { "\($0)/compose.yaml" }
      try await sandbox.track(Dictionary(uniqueKeysWithValues: (gone + ["good/compose.yaml"]).map { ($0, compose(server)) }))
      for path in gone { try FileManager.default.removeItem(atPath: sandbox.path(path)) }
      #expect(mkfifo(sandbox.path(gone[0]), 0o600) == 0)
      try FileManager.default.createDirectory(atPath: sandbox.path(gone[1]), withIntermediateDirectories: false)
      try FileManager.default.createSymbolicLink(atPath: sandbox.path(gone[3]), withDestinationPath: "compose.yaml")
      let outcome = try await sandbox.tagpin("pin", "--verbose")
      #expect(outcome.status == 2)
      for path in gone[..<2] {
        #expect(
          outcome.outputText.contains("\(path): error: cannot read '\(sandbox.path(path))': it is not a regular file"),
          "\(outcome.outputText)")
      }
      #expect(outcome.outputText.contains("gone/compose.yaml\n  skipped (deleted in the work tree)"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("looped/compose.yaml: error: cannot read '\(sandbox.path(gone[3]))': "), "\(outcome.outputText)")
      #expect(try sandbox.text("good/compose.yaml") == compose(server, pinned: true))
    }
  }

  /// Links that git tracks are said to be not read where they lead to no file that git tracks.
  @Test func `a tracked link that leads nowhere is no failure`() async throws {
    try await Sandbox.with { sandbox in
      try FileManager.default.createSymbolicLink(atPath: sandbox.path("compose.yaml"), withDestinationPath: "nowhere")
      try await sandbox.git("add", "-A")
      let outcome = try await sandbox.tagpin("list")
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      #expect(
        outcome.outputText.contains("skipped (a symbolic link to 'nowhere', which is no file of this repository"), "\(outcome.outputText)")
      let named = try await sandbox.tagpin("list", "compose.yaml")
      #expect(named.status == 2)
      #expect(named.errorText.contains("'compose.yaml' does not exist"), "\(named.errorText)")
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root reads everything")) func `a file that may not be read fails alone`() async throws {
    try await withServer { sandbox, server in
      try await sandbox.track(["secret/compose.yaml": compose(server), "compose.yaml": compose(server)])
      try sandbox.setMode(0, of: "secret/compose.yaml")
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("secret/compose.yaml: error: cannot read "), "\(outcome.outputText)")
      #expect(try sandbox.text("compose.yaml") == compose(server, pinned: true))
    }
  }

  /// GNU time tells the peak memory of exactly this process; on other systems there is nothing like it that all have.
  private static let time = "/usr/bin/time"

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: time), "there is no GNU time: Tests/install.sh installs it"))
  func `200 MB are not taken into memory`() async throws {
    try await withServer { sandbox, server in
      let size = 200 << 20
      try await sandbox.track(["compose.yaml": compose(server), "big/compose.yaml": "", "big/notes.yaml": "", "big/main.tf": ""])
      for path in ["big/compose.yaml", "big/notes.yaml", "big/main.tf"] { #expect(truncate(sandbox.path(path), off_t(size)) == 0) }
      let outcome = try await sandbox.program(Self.time).run(
        ["--format", "%M", "--output", "\(sandbox.root)/peak", Program.tagpinPath, "pin", "--verbose"])
      #expect(outcome.status == 2)
      let what = "it has 209715200 bytes, more than the 67108864 that are read: exclude it"
      #expect(
        outcome.outputText.contains("\nbig/compose.yaml: error: cannot read '\(sandbox.path("big/compose.yaml"))': \(what)"),
        "\(outcome.outputText)")
      #expect(outcome.outputText.contains("exclude: [\"big/compose.yaml\"]"))
      for path in ["big/notes.yaml", "big/main.tf"] {
        #expect(outcome.outputText.contains("\(path)\n  skipped (cannot read '\(sandbox.path(path))': \(what))"))
      }
      #expect(try sandbox.text("compose.yaml") == compose(server, pinned: true))
      let peak = try sandbox.text("\(sandbox.root)/peak").split(whereSeparator: \.isNewline).last.flatMap { Int($0) }
      #expect(try #require(peak) < 150_000, "kilobytes")
    }
  }

  /// As many places as the largest generated files have, and more. What takes the square of their number does not end within the time that
  /// a program has here.
  @Test func `thousands of images in one file take no square of the time`() async throws {
    try await Sandbox.with { sandbox in
      let count = 10_000
      try await sandbox.track([
        "compose.yaml": "services:\n" + (0..<count).map { "  s\($0): {image: \"a:1\", command: 'x\n\n    y'}\n" }.joined(),
        "Jenkinsfile": String(repeating: "docker.image('a:1')\n", count: count),
        "Dockerfile": String(repeating: "FROM a:1\n", count: count),
        "web.container": "[Container]\n" + String(repeating: "Image=a:1\n", count: count),
        "templates/a.yaml": "{{ if .Values.x }}\n" + String(repeating: "image: a:1\n", count: count),
      ])
      let outcome = try await sandbox.program(Program.tagpinPath).run(["check", "--quiet"], timeout: .seconds(60))
      #expect(outcome.status == 1, "\(outcome.errorText)")
      #expect(outcome.outputText.split(separator: "\n").count { $0.contains("unpinned") } >= 5 * count)
    }
  }
}
