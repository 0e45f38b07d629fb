import ArgumentParser
import Configuration
import Dialects
import Pinning

/// `tagpin pin`
struct PinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pin", abstract: "Resolve tags to digests, and those of actions to commits, and rewrite the files in place.",
    discussion: "References that have a digest or a commit already are left alone; 'update' moves them.")

  @OptionGroup(title: "Files") var files: FileOptions
  @OptionGroup(title: "Rewriting") var rewriting: RewriteOptions
  @Option(
    help: "How to write pins: tag-and-digest, or digest (the tag in a comment).", completion: .list(PinForm.words), transform: PinForm.parse
  )
  var style: PinForm?
  @OptionGroup(title: "Commit") var commit: CommitOptions
  @Flag(help: "Name the most specific tag of an action's commit in its comment: 'v4.2.2' where 'v4' was written.") var expandVersions =
    false
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    var request = FileRequest(.pin, files, output)
    request.network = network.connections
    request.rewriting = rewriting
    request.committing = commit.ifWanted
    request.form = style
    request.platform = network.platform
    request.expandsVersions = expandVersions
    try await FileCommand(request).run()
  }
}
