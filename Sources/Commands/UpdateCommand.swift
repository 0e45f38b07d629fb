import ArgumentParser
import Configuration
import Dialects
import Pinning
import Rules

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
  @Option(
    help: ArgumentHelp(
      "Move only to what has been known for that long: 12h, 3d, 2w. What is younger is held.",
      discussion: "Known by the ledger, or by the clock of its registry or forge. In place of 'min-age:' in trusted configurations.",
      valueName: "age"),
    transform: minimumAge)
  var minAge: Age?
  @Option(
    name: .customLong("now"),
    help: ArgumentHelp(
      "Move this image or action although it is too young, or a version that was overwritten. Repeatable.",
      discussion: "The commit says so. What is known to be bad is moved to by no option.", valueName: "reference"),
    transform: exemption)
  var exempt: [Exemption] = []
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  /// What `--now` names: an image, an action, or what may be either.
  struct Exemption: Sendable {
    var subjects: [IgnoreRule.Subject]
  }

  private static let minimumAge: @Sendable (String) throws -> Age = { text in
    guard let age = Age(text) else { throw ValidationError("write \(Age.form)") }
    return age
  }

  private static let exemption: @Sendable (String) throws -> Exemption = { text in
    let image = (try? ReferencePattern(parsingImage: text)).map(IgnoreRule.Subject.image)
    let action = (try? ReferencePattern(parsingAction: text)).map(IgnoreRule.Subject.action)
    let subjects = [image, action].compactMap(\.self)
    guard !subjects.isEmpty else {
      throw ValidationError("'\(text)' names no image and no action: write nginx:1.27 or actions/checkout@v4")
    }
    return Exemption(subjects: subjects)
  }

  func validate() throws {
    if comments, repair { throw ValidationError("--comments and --repair exclude each other: run one after the other") }
    guard comments || repair else { return }
    let option = comments ? "--comments" : "--repair"
    if expandVersions { throw ValidationError("\(option) moves nothing: leave --expand-versions out") }
    if minAge != nil || !exempt.isEmpty { throw ValidationError("\(option) moves nothing: leave --min-age and --now out") }
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
    request.minimumAge = minAge
    request.exempt = exempt.flatMap(\.subjects)
    request.update = comments ? .comments : repair ? .tags : .contents
    try await FileCommand(request).run()
  }
}
