import ArgumentParser
import Pinning

/// `tagpin check`
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say which references are not pinned. Offline.", usage: "tagpin check [<options>] [<path> ...]",
    discussion: "Exits with 1 where a reference is not pinned, with 2 where a file cannot be read.")

  @OptionGroup(title: "Files") var files: FileOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws { try await FileCommand(FileRequest(.check, files, output)).run() }
}
