import ArgumentParser
import Configuration
import FoundationEssentials
import LibC
import Manual

/// `tagpin help`
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Show a page of the manual: of a command, or of a topic.",
    discussion: "Without a word: the list of them. On a terminal the page is shown by $PAGER, or by less.")

  @Argument(
    help: ArgumentHelp("A command or a topic.", valueName: "topic"),
    completion: .list(ManualPage.all.map(\.name)))
  var topics: [String] = []

  /// `report merge` is on the page of `report`.
  private var topic: String? { topics.first }

  func validate() throws {
    guard topics.count > 1 else { return }
    let command = TagpinCommand.configuration.subcommands.first { $0.configuration.commandName == topics[0] }
    let words = command?.configuration.subcommands.compactMap { $0.configuration.commandName } ?? []
    guard topics.count == 2, words.contains(topics[1]) else { throw ValidationError("'help' shows one page: name one command or topic") }
  }

  @Flag(help: ArgumentHelp("Print the page as 'man' reads it; 'tagpin' is the one of the program.", visibility: .hidden))
  var man = false

  func run() throws {
    if man { return StandardStream.writeOutput(Array(try manPage().utf8)) }
    guard let topic else { return Pager.show(Self.overview) }
    guard let page = ManualPage.named(topic) else { throw unknown(topic) }
    Pager.show(CommandDescription.markdown(of: page))
  }

  private func unknown(_ topic: String) -> ValidationError {
    let names = ManualPage.all.map(\.name)
    let question = NearestWord.question(about: topic, in: names)
    return ValidationError("there is no page '\(topic)'" + (question.isEmpty ? "; there are \(names.joined(separator: ", "))" : question))
  }

  private static var overview: String {
    func list(_ kind: ManualPage.Kind) -> String {
      ManualPage.all.filter { $0.kind == kind }.map { "| `\($0.name)` | \($0.summary) |\n" }.joined()
    }
    return """
      # tagpin

      \(TagpinCommand.configuration.abstract) `tagpin help NAME` shows a page; `tagpin COMMAND --help` shows the options alone.

      ## Commands

      | command | |
      | --- | --- |
      \(list(.command))
      ## Topics

      | topic | |
      | --- | --- |
      \(list(.topic))
      """
  }

  /// A release has the date of its commit in it, so that the same files make the same pages.
  private func manPage() throws -> String {
    let environment = Environment.current
    let seconds = environment["SOURCE_DATE_EPOCH"].flatMap(Double.init) ?? Double(environment.now)
    let date = Date(timeIntervalSince1970: seconds)
    let pages = ManPage(date: date.formatted(.iso8601.year().month().day()), version: tagpinVersion)
    let topic = topic ?? "tagpin"
    if topic == "tagpin" {
      return pages.text(of: Self.overview, name: "tagpin", summary: "pin the container images and actions of a repository", section: 1)
    }
    guard let page = ManualPage.named(topic) else { throw unknown(topic) }
    let section = page.kind == .command ? 1 : 7
    return pages.text(of: CommandDescription.markdown(of: page), name: "tagpin-\(page.name)", summary: page.summary, section: section)
  }
}
