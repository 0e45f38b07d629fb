import ArgumentParser
import Configuration
import Git
import Pinning
import Reporting
import Rules
import Verifying

/// `tagpin history`
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Show every digest that each tag had here: when it was pinned, when it moved, by which commit. Offline.",
    usage: "tagpin history [<options>] [<reference> ...]",
    discussion: """
      Follows the commits of this branch, as 'git log --first-parent' does. With --at it says what held at one time. Exits with 1 where nothing is known \
      of a reference that is named.
      """)

  @Argument(
    help: ArgumentHelp(
      "Names of images and actions, with a tag or without: 'nginx', 'nginx:1.27', 'actions/checkout@v4'.", valueName: "reference"))
  var references: [String] = []

  @Option(
    help: ArgumentHelp("Only what held at this time or began later: 2026-03-01, or 2026-03-01T09:00:00Z.", valueName: "time"),
    transform: time)
  var since: Int64?

  @Option(help: ArgumentHelp("Only what held at this time.", valueName: "time"), transform: time)
  var at: Int64?

  @Option(help: ArgumentHelp("The commit, branch or tag to look back from.", valueName: "revision")) var from = "HEAD"

  @Option(help: ArgumentHelp("Write an HTML page of it, too, with a timeline for each reference.", valueName: "file")) var page: String?

  @OptionGroup var configured: ConfigurationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  private static let time: @Sendable (String) throws -> Int64 = { text in
    guard let seconds = UTCTime.seconds(text) else {
      throw ValidationError("write 2026-03-01 or 2026-03-01T09:00:00Z")
    }
    return seconds
  }

  func validate() throws {
    try output.checkFormat(of: "history") { $0.past }
    if since != nil, at != nil { throw ValidationError("--since and --at exclude each other") }
  }

  func run() async throws {
    let environment = Environment.current
    let messages = Messages(output, environment)
    do {
      var past = try RepositoryPast(configured, environment)
      let history = try await past.history(endingAt: try past.commit(from), messages)
      let lines = history.lines(named: references).compactMap { line in
        at.map { line.at($0) } ?? since.map { line.since($0) } ?? line
      }
      let report = HistoryReport(lines, at: at, isShallow: past.isShallow)
      if let page { try past.write(report, asPage: page) }
      messages.show(output.format.past?(report, messages.rendering(colour: messages.coloursOutput)) ?? "", as: output.format)
      let known = at == nil ? history.lines : lines
      let unknown = references.filter { name in !known.contains { $0.isNamed(name) } }
      for name in unknown { RunError(nothing(of: name, in: history, environment)).write(environment) }
      if !unknown.isEmpty { throw ExitCode(1) }
    } catch let failure as Workspace.Failure {
      throw messages.exit(failure)
    }
  }

  /// What is said of a name that nothing is known of.
  private func nothing(of name: String, in history: PinHistory, _ environment: Environment) -> String {
    let problem = "nothing is known of '\(name)'" + (at == nil ? "" : " at that time")
    if history.lines.contains(where: { $0.isNamed(name) }) { return problem }
    if realPath(Paths.absolute(name, from: environment.workingDirectory)) != nil {
      return "\(problem): name an image or an action; 'tagpin list \(name)' shows those of a file"
    }
    return problem + NearestWord.question(about: name, in: history.lines.flatMap { [$0.name, $0.nameAlone] })
  }
}
