import ArgumentParser
import Configuration
import Dialects
import Reporting

/// `tagpin dialects`
struct DialectsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dialects", abstract: "List the kinds of files that are known, or show one of them.",
    discussion: "Of one: its files, where in them references are looked for, how a pin is written, and what is left alone and why.")

  @Argument(
    help: ArgumentHelp("A kind of files: 'compose'.", valueName: "name"), completion: .list(DialectPages.names(Dialects.all)))
  var name: String?

  func run() throws {
    guard let name else { return StandardStream.writeOutput(DialectPages.list(Dialects.all)) }
    guard let page = DialectPages.page(named: name, of: Dialects.all) else {
      let question = NearestWord.question(about: name, in: DialectPages.names(Dialects.all))
      throw ValidationError("there is no dialect '\(name)'\(question.isEmpty ? ";" : question) 'tagpin dialects' lists them")
    }
    Pager.show(page)
  }
}
