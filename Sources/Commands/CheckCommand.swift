import ArgumentParser
import Pinning

/// `tagpin check`
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say which references are not pinned, or not as a policy asks for. Offline.",
    usage: "tagpin check [<options>] [<path> ...]",
    discussion:
      "Exits with 1 where a reference is not pinned (or, with a policy, names less than that asks for), with 2 where a file cannot be read."
  )

  @OptionGroup(title: "Files") var files: FileOptions
  @OptionGroup(title: "Findings") var gate: GateOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    var request = FileRequest(.check, files, output)
    request.gate = gate
    request.threshold = gate.threshold.severity
    try await FileCommand(request).run()
  }
}
