import ArgumentParser
import Configuration
import Reporting

/// `tagpin schema`
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of the configuration, for editors, or of the JSON report, for programs.")

  @Argument(
    help: "Of what: configuration or report.", completion: Choice<Subject>.completion, transform: Choice<Subject>.parse)
  var subject: Subject = .configuration

  enum Subject: String, CaseIterable { case configuration, report }

  func run() {
    StandardStream.writeOutput(subject == .report ? ReportSchema.document : ConfigurationSchema.document)
  }
}
