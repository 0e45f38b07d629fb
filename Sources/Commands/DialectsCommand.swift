import ArgumentParser
import Dialects
import Reporting

/// `tagpin dialects`
struct DialectsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dialects", abstract: "Print a Markdown table of the kinds of files that are known.",
    discussion: "What is found where, and how a pin is written. The README's table is this output.")

  func run() { StandardStream.writeOutput(DialectTable.markdown(Dialects.all)) }
}
