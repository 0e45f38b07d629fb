import ArgumentParser
import Pinning

/// `tagpin unpin`
struct UnpinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpin", abstract: "Go back from digests and commits to tags.", discussion: "Nothing is asked of the network.")

  @OptionGroup(title: "Files") var files: FileOptions
  @OptionGroup(title: "Rewriting") var rewriting: RewriteOptions
  @OptionGroup(title: "Commit") var commit: CommitOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await FileCommand(.unpin, files, output, nil, rewriting, nil, commit).run()
  }
}
