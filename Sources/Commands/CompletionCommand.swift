import ArgumentParser

/// `tagpin completion`
struct CompletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion", abstract: "Print a script that completes commands, options and their values.",
    discussion: "The shell reads it when it starts: 'source <(tagpin completion bash)'.")

  @Argument(
    help: ArgumentHelp("The shell: bash, zsh or fish.", valueName: "shell"), completion: Choice<Shell>.completion,
    transform: Choice<Shell>.parse)
  var shell: Shell

  enum Shell: String, CaseIterable { case bash, zsh, fish }

  func run() {
    // Every name is one that ArgumentParser knows.
    guard let shell = CompletionShell(rawValue: shell.rawValue) else { return }
    StandardStream.writeOutput(Array((TagpinCommand.completionScript(for: shell) + "\n").utf8))
  }
}
