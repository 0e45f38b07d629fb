import ArgumentParser
import Configuration
import Dialects
import Pinning

/// `tagpin update`
struct UpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Pin tags, and move existing pins to what their tags point at now.")

  @OptionGroup(title: "Files") var files: FileOptions
  @OptionGroup(title: "Rewriting") var rewriting: RewriteOptions
  @Option(
    help: "How to write new pins: tag-and-digest, or digest (the tag in a comment).", completion: .list(PinForm.words),
    transform: PinForm.parse)
  var style: PinForm?
  @OptionGroup(title: "Commit") var commit: CommitOptions
  @Flag(help: "Name the most specific tag of an action's commit in its comment: 'v4.2.2' where 'v4' was written.") var expandVersions =
    false
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    var request = FileRequest(.update, files, output)
    request.network = network.connections
    request.rewriting = rewriting
    request.committing = commit.ifWanted
    request.form = style
    request.platform = network.platform
    request.expandsVersions = expandVersions
    try await FileCommand(request).run()
  }
}
