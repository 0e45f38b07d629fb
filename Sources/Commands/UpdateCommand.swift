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
  @Flag(
    help: ArgumentHelp(
      "Move nothing; have the comments beside commits name their tags.",
      discussion: "Adds a comment where none names a tag, and mends one that names a release of another commit, or no tag at all."))
  var comments = false
  @Flag(
    help: ArgumentHelp(
      "Move nothing; write another tag of the same digest where a pin is in danger.",
      discussion: "In danger is what its tag has moved off, in a registry that is known to delete what no tag names."))
  var repair = false
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if comments, repair { throw ValidationError("--comments and --repair exclude each other: run one after the other") }
    guard comments || repair else { return }
    let option = comments ? "--comments" : "--repair"
    if expandVersions { throw ValidationError("\(option) moves nothing: leave --expand-versions out") }
    if style != nil { throw ValidationError("\(option) writes no new pins: leave --style out") }
  }

  func run() async throws {
    var request = FileRequest(.update, files, output)
    request.network = network.connections
    request.rewriting = rewriting
    request.committing = commit.ifWanted
    request.form = style
    request.platform = network.platform
    request.expandsVersions = expandVersions
    request.update = comments ? .comments : repair ? .tags : .contents
    try await FileCommand(request).run()
  }
}
