import ArgumentParser
import Configuration
import Pinning

/// `tagpin pin`
struct PinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pin", abstract: "Resolve tags to digests and rewrite the files in place.",
    discussion: "References that have a digest already are left alone; 'update' moves them.")

  @OptionGroup(title: "Files") var files: FileOptions
  @OptionGroup(title: "Rewriting") var rewriting: RewriteOptions
  @Option(help: "How to write pins: tag-and-digest, or digest (the tag in a comment).") var style: PinStyle?
  @OptionGroup(title: "Commit") var commit: CommitOptions
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await FileCommand(.pin, files, output, network, rewriting, style, commit).run()
  }
}
