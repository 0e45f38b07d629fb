import ArgumentParser
import Configuration
import Dialects
import Pinning
import References
import Reporting

/// `tagpin guard`
struct GuardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guard", abstract: "Before a push: say whether these tags exist already, and stop it if they do.",
    usage: """
      tagpin guard [<options>] <reference> ... [-- <command> ...]
      tagpin guard --git-hook <remote> <url>
      tagpin guard --install-hook
      """,
    discussion: """
      Each tag is free, the same, taken, of a missing repository, or unknown; it is free only where its own registry proves that it \
      does not exist. It is not a lock: the tag can appear between the check and the push.

      Exits with 0 where there is something to push and nothing stands in the way, with 1 where a tag is taken, with 2 where \
      something could not be found out, and with 3 where the registry has all of it already.

      With a command, it is run where nothing stands in the way, and the tags are asked for again where it ends well. Where the \
      registry has all of it already, it is not run. Exits with the command's own code, or with 121 where a tag is taken, 122 where \
      something could not be found out, 123 where a tag is missing or another after the push, 124 where that could not be found out.
      """)

  @Argument(
    help: ArgumentHelp(
      "The references that are to be pushed; '-' reads them from standard input, one a line.",
      discussion: "Without a tag, 'latest' is meant.", valueName: "reference"))
  var references: [String] = []

  /// What pushes, behind `--`; empty for a check alone.
  var command: [String] { GuardedCommand.current ?? [] }

  @OptionGroup(title: "What is pushed") var pushed: PushedOptions
  @OptionGroup(title: "What may pass") var passing: PassingOptions

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Be git's pre-push hook: refuse to move or delete a tag of the remote.", valueName: "remote> <url"))
  var gitHook: [String] = []

  @Flag(help: "Write a pre-push hook into this git repository.")
  var installHook = false

  @OptionGroup var configured: ConfigurationOptions

  @OptionGroup(title: "Network") var network: ConnectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(
    help: ArgumentHelp("Write name:tag@digest of each reference that the registry has as it is to be, one a line.", valueName: "file"),
    completion: .file())
  var digestFile: String?

  func validate() throws {
    _ = try passing.globs()
    if installHook || !gitHook.isEmpty { return try validateHook() }
    if references.isEmpty, pushed.isEmpty {
      throw ValidationError("there is nothing to guard: name a reference, or a file with --bake, --compose or --metadata-file")
    }
    if (references + [pushed.bake, pushed.compose].compactMap(\.self)).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("'-' can be given once: there is one standard input")
    }
    if GuardedCommand.current == [] { throw ValidationError("there is no command behind '--'") }
    try output.checkFormat(of: "guard") { $0.pushes }
    if !command.isEmpty, output.format != .text {
      throw ValidationError("--format \(output.format.name) cannot be used with a command: standard output is the command's")
    }
  }

  private func validateHook() throws {
    guard references.isEmpty, pushed.isEmpty, GuardedCommand.current == nil, !(installHook && !gitHook.isEmpty) else {
      throw ValidationError("\(installHook ? "--install-hook" : "--git-hook") takes no reference, file or command")
    }
    if !installHook, gitHook.count != 2 {
      throw ValidationError("--git-hook takes two values, which git gives to the hook: the remote and its URL")
    }
  }

  func run() async throws {
    // Before anything is opened.
    let inherited = InheritedState.capture()
    let environment = Environment.current
    let messages = Messages(output, environment)
    do {
      let code = try await run(inherited, environment, messages)
      if code != 0 { throw ExitCode(code) }
    } catch let failure as Workspace.Failure {
      let code = messages.exit(failure)
      throw !command.isEmpty && code == ExitCode(2) ? ExitCode(122) : code
    }
  }

  private func run(_ inherited: InheritedState, _ environment: Environment, _ messages: Messages) async throws -> Int32 {
    if installHook {
      messages.show("tagpin: \(try GitHookInstallation(environment: environment).run())\n", toErrorStream: true)
      return 0
    }
    let root = try Workspace.root(environment)
    let configuration = try ConfigurationFiles.read(root: root, configured, environment).settings.configuration
    var movable = configuration.pushes.allow
    movable.named = try passing.globs()
    if let remote = gitHook.first {
      let verdict = GitHookGuard(remote: remote, allowed: movable).verdict(on: StandardStream.readInput())
      for message in verdict.messages { messages.show(message, toErrorStream: true) }
      return verdict.exitCode
    }
    return try await GuardRun(self, movable: movable, configuration, root: root, inherited, environment, messages).run()
  }
}

/// Where it is said what is pushed, besides arguments.
struct PushedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Guard what this build pushes: the output of 'docker buildx bake --print'.", valueName: "file"), completion: .file())
  var bake: String?

  @Option(
    help: ArgumentHelp("Guard the images of the services that this Compose file builds.", valueName: "file"), completion: .file())
  var compose: String?

  @Option(help: ArgumentHelp("The digest that is to be pushed, with one reference.", valueName: "digest"), transform: Digest.parse)
  var digest: Digest?

  @Option(
    help: ArgumentHelp(
      "What a build wrote: the digests of its images, by name. Without references, all of its images are guarded.", valueName: "file"),
    completion: .file())
  var metadataFile: String?

  @Option(
    help: ArgumentHelp("What a build wrote: the digest or the id of the image that all references are to name.", valueName: "file"),
    completion: .file())
  var iidfile: String?

  mutating func validate() throws {
    if [digest?.description, metadataFile, iidfile].count(where: { $0 != nil }) > 1 {
      throw ValidationError("--digest, --metadata-file and --iidfile say the same in three ways; give one")
    }
  }

  /// Whether it names no reference.
  var isEmpty: Bool { bake == nil && compose == nil && metadataFile == nil }
}

/// What is not in the way.
struct PassingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Tags that are meant to move, such as latest or 'main-*'. Repeatable.", valueName: "glob"))
  var allow: [String] = []

  @Flag(help: "A repository that does not exist yet is not a typing error.")
  var allowNewRepository = false

  @Option(
    help: ArgumentHelp(
      "A platform that an existing image has to be for, or else its tag is taken: os/arch[/variant]. Repeatable.", valueName: "platform"),
    transform: Platform.parse)
  var platform: [Platform] = []

  func globs() throws -> [Glob] {
    try allow.map { text in
      do { return try Glob(parsing: text, over: .names) } catch { throw ValidationError("--allow \(error)") }
    }
  }
}

extension Digest {
  @Sendable fileprivate static func parse(_ text: String) throws -> Digest {
    guard let digest = Digest(text) else {
      throw ValidationError("write 'sha256:' and 64 hexadecimal digits in lower case")
    }
    return digest
  }
}
