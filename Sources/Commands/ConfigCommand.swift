import ArgumentParser
import Configuration
import Reporting

/// `tagpin config`
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Print the configuration that counts here, each line with the file and line it came from.",
    discussion: "The text is itself a configuration file, with the origins as comments. No registry and no git server is asked.")

  @OptionGroup var configured: ConfigurationOptions

  @Option(help: "How to print it: text or json.", completion: Choice<Format>.completion, transform: Choice<Format>.parse)
  var format: Format = .text

  enum Format: String, CaseIterable { case text, json }

  func run() throws {
    let environment = Environment.current
    let messages = try Messages(OutputOptions.parse([]), environment)
    do throws(Workspace.Failure) {
      let files = try ConfigurationFiles.read(root: try Workspace.root(environment), configured, environment)
      let services = try TokenServiceSettings(files.settings.configuration, environment).fromVariables
      let keys = files.settings.keys(withVariables: environment.settings, adding: ["registries": services.map(\.setting)])
      let report = ConfigurationReport(files.places, keys)
      messages.show(format == .json ? report.json : report.text)
    } catch {
      throw messages.exit(error)
    }
  }
}

extension Environment {
  /// What variables say in place of defaults, by the key. One that names no server is an error where it is asked.
  fileprivate var settings: [String: ConfiguredKey.Variable] {
    var settings: [String: ConfiguredKey.Variable] = [:]
    for (key, name) in [("actions.server", "GITHUB_SERVER_URL"), ("actions.gitlab", "CI_SERVER_URL")] {
      if let url = self[name].flatMap({ try? BaseURL(parsing: $0) }) { settings[key] = .init(.text(url.description), name: name) }
    }
    return settings
  }
}

extension TokenServiceSettings.Pair {
  /// As a file would say it.
  fileprivate var setting: ConfiguredKey.Variable {
    let services = SettingValue.list(services.map { .text($0.description) })
    return .init(.mapping([.init(key: "prefix", value: .text(registry)), .init(key: "token-services", value: services)]), name: variables)
  }
}
