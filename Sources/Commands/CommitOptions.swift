import ArgumentParser
import Reporting

/// What commands that can commit their changes take.
struct CommitOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Commit what was changed, and nothing else.",
      discussion: "What is staged stays staged. A file with uncommitted changes is refused before anything is written. Hooks are not run."))
  var commit = false

  @Option(
    name: [.customShort("m"), .long],
    help: ArgumentHelp("The message, in place of the one that says what was pinned. Several are paragraphs.", valueName: "text"))
  var message: [String] = []

  @Option(help: ArgumentHelp("A line at the end of the message, 'Key: value'. Several are possible.", valueName: "trailer"))
  var trailer: [String] = []

  @Flag(help: "Add a 'Signed-off-by' line of the committer.")
  var signoff = false

  @Option(help: ArgumentHelp("Who made the changes, 'NAME <ADDRESS>', in place of git's own settings.", valueName: "author"))
  var author: String?

  @Flag(
    inversion: .prefixedNo,
    help:
      "Sign the commit with the program and the key of git's configuration (gpg.format, user.signingkey); as commit.gpgSign says by default."
  )
  var sign: Bool?

  @Flag(help: "Commit files that had uncommitted changes before, whole.")
  var allowDirty = false

  @Option(help: ArgumentHelp("Create this branch at HEAD, commit on it and stay on it.", valueName: "name"))
  var branch: String?

  @Flag(help: "Let --branch move a branch that exists, and --push replace the remote's, if that is still what was fetched.")
  var forceBranch = false

  @Option(
    defaultAsFlag: .usual, parsing: .next,
    help: ArgumentHelp(
      "Push the branch after the commit, to this remote. Paths stand before it.",
      valueName: "remote"))
  var push: PushDestination?

  /// Where to push.
  enum PushDestination: ExpressibleByArgument, CustomStringConvertible {
    /// Where 'git push' would.
    case usual
    /// A remote's name or address.
    case named(String)

    init?(argument: String) {
      guard !argument.isEmpty else { return nil }
      self = .named(argument)
    }

    var name: String? { if case .named(let name) = self { name } else { nil } }
    var description: String { name ?? "the one that 'git push' would take" }
  }

  mutating func validate() throws {
    let dependent: [(String, Bool)] = [
      ("--message", !message.isEmpty), ("--trailer", !trailer.isEmpty), ("--signoff", signoff), ("--author", author != nil),
      ("--sign", sign != nil), ("--allow-dirty", allowDirty), ("--branch", branch != nil), ("--force-branch", forceBranch),
      ("--push", push != nil),
    ]
    if !commit, let option = dependent.first(where: \.1) { throw ValidationError("\(option.0) is about a commit; add --commit") }
    if forceBranch, branch == nil, push == nil { throw ValidationError("--force-branch needs --branch NAME or --push") }
    if !message.isEmpty, MessageText.cleaned(message.joined(separator: "\n\n")).isEmpty {
      throw ValidationError("--message is empty; leave it out for the one that says what was pinned")
    }
    if let text = trailer.first(where: { MessageText.trailer($0) == nil }) {
      throw ValidationError("'\(text)' is not a trailer; write 'Key: value'")
    }
  }
}

extension CommitOptions {
  /// nil where no commit is asked for.
  var ifWanted: CommitOptions? { commit ? self : nil }
}
