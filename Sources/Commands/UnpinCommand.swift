import ArgumentParser
import Pinning

/// `tagpin unpin`
struct UnpinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpin", abstract: "Go back from digests and commits to tags.",
    discussion: "Git servers are asked where a comment beside a commit may be the name of a branch, or prose; nothing else is.")

  @OptionGroup(title: "Files") var files: FileOptions
  @OptionGroup(title: "Rewriting") var rewriting: RewriteOptions
  @OptionGroup(title: "Commit") var commit: CommitOptions
  @OptionGroup(title: "Network") var connections: ConnectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    var request = FileRequest(.unpin, files, output)
    request.network = connections
    request.rewriting = rewriting
    request.committing = commit.ifWanted
    try await FileCommand(request).run()
  }
}
