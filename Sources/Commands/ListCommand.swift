import ArgumentParser
import Pinning

/// `tagpin list`
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show every reference with its state, its place, and why it is left alone. Offline.",
    usage: "tagpin list [<options>] [<path> ...]")

  @OptionGroup(title: "Files") var files: FileOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws { try await FileCommand(FileRequest(.list, files, output)).run() }
}
