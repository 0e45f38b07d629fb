import ArgumentParser
import Git
import Pinning
import Reporting
import Verifying

/// `tagpin diff`
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say which references differ between two commits, or between a commit and the work tree. Offline.",
    discussion: "Exits with 0; with --exit-code, with 1 where a reference differs.")

  @Argument(help: ArgumentHelp("A commit, branch or tag.", valueName: "a")) var from: String
  @Argument(help: ArgumentHelp("Another one; without it the work tree.", valueName: "b")) var to: String?
  @Flag(help: "Exit with 1 where a reference differs.") var exitCode = false
  @OptionGroup var configured: ConfigurationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    try output.checkFormat(of: "diff") { $0.differences }
  }

  func run() async throws {
    let environment = Environment.current
    let messages = Messages(output, environment)
    do {
      var past = try RepositoryPast(configured, environment)
      let (old, new) = (try past.commit(from), try to.map { revision throws(Workspace.Failure) in try past.commit(revision) })
      let report = DiffReport(try past.changes(from: old.id, to: new?.id), from: from, to: to)
      messages.show(output.format.differences?(report, messages.rendering(colour: messages.coloursOutput)) ?? "", as: output.format)
      if exitCode, !report.changes.isEmpty { throw ExitCode(1) }
    } catch let failure as Workspace.Failure {
      throw messages.exit(failure)
    }
  }
}
