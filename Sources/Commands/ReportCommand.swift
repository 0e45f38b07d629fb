import ArgumentParser
import FoundationEssentials
import Pinning
import Reporting

/// `tagpin report`
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Work with reports of other runs. Offline.", subcommands: [ReportMergeCommand.self])
}

/// `tagpin report merge`
struct ReportMergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Make one table of the JSON reports of many repositories, the worst first.",
    discussion: "Exits with 2 where a file is not a report: what becomes of its repository is not known.")

  @Argument(help: ArgumentHelp("Files that '--format json' or '--report json=FILE' wrote.", valueName: "file"), completion: .file())
  var files: [String]
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    try output.checkFormat(of: "report merge") { $0.merged }
  }

  func run() async throws {
    let environment = Environment.current
    let messages = Messages(output, environment)
    let report = MergedReport(files.map { Self.report(in: $0, environment) })
    messages.show(output.format.merged?(report, messages.rendering(colour: messages.coloursOutput)) ?? "", as: output.format)
    if report.hasFailure { throw ExitCode(2) }
  }

  private static func report(in file: String, _ environment: Environment) -> RepositoryReport {
    do throws(ReadError) {
      return RepositoryReport(try FileReader.read(Paths.absolute(file, from: environment.workingDirectory)), file: file)
    } catch {
      var report = RepositoryReport([], file: file)
      report.problem = "\(error)"
      return report
    }
  }
}
