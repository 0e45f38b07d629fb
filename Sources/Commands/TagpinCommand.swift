import ArgumentParser

/// The program: its subcommands, one file each.
package struct TagpinCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tagpin",
    abstract: "Pin the container images and actions of a repository to their digests and commits.",
    discussion: """
      A tag can be moved; a digest or a commit cannot. tagpin resolves every tag in a repository's manifests to its current digest or \
      commit and rewrites the files in place, every other byte unchanged.

      Exit codes: 0 nothing to complain of; 1 the command found what it looks for; 2 it could not find out or could not finish; \
      64 wrong usage.
      """,
    version: tagpinBuild,
    subcommands: [
      PinCommand.self, UpdateCommand.self, UnpinCommand.self, CheckCommand.self, VerifyCommand.self, HistoryCommand.self, DiffCommand.self,
      ListCommand.self, ResolveCommand.self,
      GuardCommand.self,
      ReportCommand.self, ExplainCommand.self, AuthCommand.self, ConfigCommand.self, InitCommand.self, SchemaCommand.self,
      DialectsCommand.self,
      CompletionCommand.self,
      HelpCommand.self,
    ])

  /// What ArgumentParser says of the arguments begins as all errors do that have no place in a file.
  package static var _errorLabel: String { "tagpin: error" }

  package init() {}
}
