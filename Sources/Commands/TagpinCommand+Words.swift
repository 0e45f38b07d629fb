import ArgumentParser
import Configuration

extension TagpinCommand {
  /// What can be said better of a wrong command line than that an argument is unexpected.
  static func checkWords(of arguments: [String]) throws {
    guard let first = arguments.first, !first.hasPrefix("-") else { return }
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard names.contains(first) else {
      let question = NearestWord.question(about: first, in: names)
      throw ValidationError(
        "there is no command '\(first)'" + (question.isEmpty ? "; 'tagpin help' lists them" : question))
    }
    if first == "guard", GuardedCommand.current == nil, let command = GuardedCommand.withoutMark(in: Array(arguments.dropFirst())) {
      throw ValidationError("a command stands behind '--'; did you mean '-- \(command.joined(separator: " "))'?")
    }
  }
}
