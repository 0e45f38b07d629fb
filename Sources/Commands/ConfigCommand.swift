import ArgumentParser
import Configuration
import Reporting

/// `tagpin config`
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Print the configuration that counts here, each line with the file and line it came from.",
    discussion: "The text is itself a configuration file, with the origins as comments. No registry and no git server is asked.")

  @OptionGroup var configured: ConfigurationOptions

  @Option(help: "How to print it: text or json.")
  var format: Format = .text

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() throws {
    let environment = Environment.current
    let messages = try Messages(OutputOptions.parse([]), environment)
    do throws(Workspace.Failure) {
      let files = try ConfigurationFiles.read(root: try Workspace.root(environment), configured, environment)
      let report = ConfigurationReport(files.places, files.settings)
      messages.show(format == .json ? report.json : report.text)
    } catch {
      throw messages.exit(error)
    }
  }
}
