import ArgumentParser
import Configuration

/// `tagpin schema`
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of the configuration, for editors.")

  func run() { StandardStream.writeOutput(ConfigurationSchema.document) }
}
