import ArgumentParser
import FoundationEssentials
import Manual

/// What ArgumentParser knows of a command, as Markdown: the pages of the manual and `--help` say the same of an option.
struct CommandDescription: Decodable {
  var commandName: String
  var subcommands: [CommandDescription]?
  var arguments: [Argument]?

  struct Argument: Decodable {
    var kind: String
    var shouldDisplay: Bool
    var sectionTitle: String?
    var names: [Name]?
    var valueName: String?
    var defaultValue: String?
    var allValues: [String]?
    var abstract: String?
    var discussion: String?
  }

  struct Name: Decodable {
    var kind: String
    var name: String

    /// `--jobs`
    var written: String { kind == "long" ? "--\(name)" : "-\(name)" }
  }

  private struct Tool: Decodable { var command: CommandDescription }

  /// The program.
  static var all: CommandDescription? { try? JSONDecoder().decode(Tool.self, from: Data(TagpinCommand._dumpHelp().utf8)).command }

  /// The command below this one that these words name.
  func named(_ path: some Collection<String>) -> CommandDescription? {
    guard let first = path.first else { return self }
    return subcommands?.first { $0.commandName == first }?.named(path.dropFirst())
  }

  /// The long ones: `--jobs`.
  var longOptions: [String] { (arguments ?? []).flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map(\.written) }

  /// The page, and behind it the options where it is of a command.
  static func markdown(of page: ManualPage) -> String {
    guard page.kind == .command, let command = all?.named([page.name]) else { return page.markdown }
    let type = TagpinCommand.configuration.subcommands.first { $0.configuration.commandName == page.name }
    let usage = type.map { TagpinCommand.usageString(for: $0) } ?? ""
    return page.markdown + "\n## Usage\n\n```\n\(usage)\n```\n\n## Options\n" + command.options
  }

  private var options: String {
    let shown = (arguments ?? []).filter { $0.shouldDisplay && $0.names?.contains { $0.name == "version" } != true }
    var sections: [(title: String, text: String)] = []
    for argument in shown {
      let title = argument.sectionTitle ?? (argument.kind == "positional" ? "Arguments" : "Others")
      if let index = sections.firstIndex(where: { $0.title == title }) {
        sections[index].text += argument.item
      } else {
        sections.append((title, argument.item))
      }
    }
    return sections.map { "\n### \($0.title)\n\n| option | |\n| --- | --- |\n\($0.text)" }.joined()
  }
}

extension CommandDescription.Argument {
  /// A row: what is written, and what it means.
  fileprivate var item: String {
    let value = (valueName ?? "").uppercased().replacing("> <", with: " ")
    let written = (names ?? []).map { kind == "option" ? "`\($0.written) \(value)`" : "`\($0.written)`" }
    let front = kind == "positional" ? "`\(value)`" : written.joined(separator: ", ")
    var texts = [abstract, discussion].compactMap(\.self).filter { !$0.isEmpty }
    if let allValues, !allValues.isEmpty { texts.append("One of \(allValues.joined(separator: ", ")).") }
    if let defaultValue { texts.append("Default: \(defaultValue).") }
    return "| \(front) | \(texts.joined(separator: " ").replacing("\n", with: " ").replacing("|", with: "\\|")) |\n"
  }
}
