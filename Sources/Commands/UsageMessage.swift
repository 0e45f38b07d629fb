import ArgumentParser
import Configuration

/// What is said of a wrong command line: what is wrong, and how the command is used that it is about.
struct UsageMessage {
  /// One sentence, as all messages begin.
  let problem: String
  /// The option's description, where it is about one, and the command's usage.
  let help: String

  /// - Parameter arguments: those of the program, without those of a command that it guards.
  init(_ error: any Error, _ arguments: [String]) {
    let commands = TagpinCommand.named(by: arguments)
    let own = TagpinCommand.message(for: error)
    if error is ValidationError {
      problem = own
      help = Self.usage(of: commands)
    } else if let better = Self.unknownOption(in: arguments, commands) {
      problem = better
      help = Self.usage(of: commands)
    } else {
      problem = own.prefix(1).lowercased() + own.dropFirst()
      // ArgumentParser's text begins with the message itself.
      help = String(TagpinCommand.fullMessage(for: error).dropFirst("\(TagpinCommand._errorLabel): \(own)\n".count))
    }
  }

  var text: String { "\(TagpinCommand._errorLabel): \(problem)\n\(help)" }

  private static func usage(of commands: [any ParsableCommand.Type]) -> String {
    let usage = commands.last.map { TagpinCommand.usageString(for: $0) } ?? ""
    let name = commands.map { $0.configuration.commandName ?? "" }.joined(separator: " ")
    return "Usage: \(usage.replacing("\n", with: "\n       "))\n  See '\(name) --help' for more information."
  }

  /// An option that the command does not have.
  private static func unknownOption(in arguments: [String], _ commands: [any ParsableCommand.Type]) -> String? {
    let path = commands.dropFirst().compactMap { $0.configuration.commandName }
    guard let all = CommandDescription.all, let options = all.named(path)?.longOptions else { return nil }
    let written = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }.map { String($0.prefix { $0 != "=" }) }
    guard let option = written.first(where: { !options.contains($0) }) else { return nil }
    let question = NearestWord.question(about: option, in: options)
    guard question.isEmpty else { return "unknown option '\(option)'\(question)" }
    let others = (all.subcommands ?? []).filter { $0.longOptions.contains(option) }.map { "'\($0.commandName)'" }
    let owners = others.isEmpty ? "" : ": \(others.joined(separator: ", ")) \(others.count == 1 ? "has" : "have") it"
    return "unknown option '\(option)'" + owners
  }
}

extension TagpinCommand {
  /// Refuses what ArgumentParser would take for something else: a command that there is not, and one that is guarded without `--`.
  static func checkWords(of arguments: [String]) throws {
    let commands = named(by: arguments)
    let path = commands.dropFirst().compactMap { $0.configuration.commandName }
    let words = Array(arguments.dropFirst(path.count))
    let names = commands.last?.configuration.subcommands.compactMap { $0.configuration.commandName } ?? []
    if let word = words.first, !word.hasPrefix("-"), !names.isEmpty {
      let question = NearestWord.question(about: word, in: names)
      let help = (["tagpin help"] + path).joined(separator: " ")
      throw ValidationError(
        "there is no command '\((path + [word]).joined(separator: " "))'" + (question.isEmpty ? "; '\(help)' lists them" : question))
    }
    if path == ["guard"], GuardedCommand.current == nil, let command = GuardedCommand.withoutMark(in: words) {
      throw ValidationError("a command to run goes behind '--'; did you mean '-- \(command.joined(separator: " "))'?")
    }
  }

  /// The program, and the commands that the first words name: `report merge`.
  fileprivate static func named(by arguments: [String]) -> [any ParsableCommand.Type] {
    var commands: [any ParsableCommand.Type] = [Self.self]
    for word in arguments {
      guard let next = commands.last?.configuration.subcommands.first(where: { $0.configuration.commandName == word }) else { break }
      commands.append(next)
    }
    return commands
  }
}
