import ArgumentParser
import Configuration
import Dialects
import Pinning
import References
import Reporting

/// What every command that looks at files takes.
struct FileOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files and directories; '-' reads standard input and writes the result to standard output.",
      discussion: "Without any: every file that git tracks in this repository. Outside of a git repository directories are walked.",
      valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @OptionGroup var configured: ConfigurationOptions

  @Option(
    name: .customLong("exclude"),
    help: ArgumentHelp("Leave these files out, as 'exclude:' in the configuration does. Repeatable.", valueName: "glob"),
    transform: { try Glob(parsing: $0, over: .trees) })
  var excluded: [Glob] = []

  @Option(help: "What to look at: images or actions.", completion: Choice<Selection>.completion, transform: Choice<Selection>.parse)
  var only: Selection?

  @Flag(help: "Take what only may be an image for one, as 'likely: true' in the configuration does. Without, it is listed and left alone.")
  var likely = false

  @Option(
    help: ArgumentHelp("The kind of the files that are named, in place of what their names say.", valueName: "dialect"),
    completion: .list(Dialects.all.map(\.name)), transform: FileOptions.dialect)
  var dialect: String?

  @Option(help: ArgumentHelp("With '-': the path to take standard input for.", valueName: "path"))
  var stdinName: String?

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "Write the report to a file, too, in a format of its own: json=report.json. Repeatable.", valueName: "format=file"),
    completion: .file(), transform: ReportFile.parse)
  var reportFiles: [ReportFile] = []

  enum Selection: String, CaseIterable { case images, actions }

  mutating func validate() throws {
    if paths.contains("-") {
      guard paths.count == 1 else { throw ValidationError("'-' cannot be mixed with other paths") }
      guard dialect != nil || stdinName != nil else {
        throw ValidationError("'-' needs --stdin-name PATH or --dialect NAME, so that tagpin knows what it reads")
      }
    }
  }

  @Sendable static func dialect(_ name: String) throws -> String {
    if Dialects.named(name) != nil { return name }
    let question = NearestWord.question(about: name, in: Dialects.all.map(\.name))
    throw ValidationError("there is no dialect '\(name)'\(question.isEmpty ? ";" : question) 'tagpin dialects' lists them")
  }

  var readsStandardInput: Bool { paths == ["-"] }

  var selectedKind: Site.Kind? { only.map { $0 == .images ? .image : .action } }
}

/// How results are shown.
struct OutputOptions: ParsableArguments {
  @Option(
    help: "How to report: \(ReportFormat.all.map { "\($0.name) (\($0.title))" }.joined(separator: ", ")).",
    completion: .list(ReportFormat.all.map(\.name)), transform: ReportFormat.parse)
  var format: ReportFormat = .text

  @Flag(name: .shortAndLong, help: "Say only what failed or was found.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say also what was left alone, and what the network was asked.")
  var verbose = false

  @Option(
    help: "Colour: auto, always or never. NO_COLOR is honoured.", completion: Choice<ColorChoice>.completion,
    transform: Choice<ColorChoice>.parse)
  var color: ColorChoice = .auto

  enum ColorChoice: String, CaseIterable { case auto, always, never }

  /// Refuses a format that has no words for what the command finds.
  func checkFormat<Renderer>(of command: String, renderer: (ReportFormat) -> Renderer?) throws {
    guard renderer(format) == nil else { return }
    let names = ReportFormat.all.filter { renderer($0) != nil }.map(\.name)
    throw ValidationError("\(command) reports as \(names.joined(separator: names.count == 2 ? " or " : ", "))")
  }
}

/// How the network is used.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Requests in flight at once, at most; of each host's, as many as it answers well.", valueName: "n"),
    transform: number(upTo: 1024))
  var jobs = 128

  @Option(
    help: ArgumentHelp("Seconds that one try of a request may take; with its retries, three times as long.", valueName: "seconds"),
    transform: number(upTo: 3600))
  var timeout = 30

  private static func number(upTo greatest: Int) -> @Sendable (String) throws -> Int {
    { text in
      guard let number = Int(text), (1...greatest).contains(number) else { throw ValidationError("write a number from 1 to \(greatest)") }
      return number
    }
  }
}

/// How registries are asked for what is pinned.
struct NetworkOptions: ParsableArguments {
  @OptionGroup var connections: ConnectionOptions

  @Option(
    help: ArgumentHelp("Pin the manifest of this platform in place of the whole index: os/arch[/variant].", valueName: "platform"),
    transform: Platform.parse)
  var platform: Platform?

  var jobs: Int { connections.jobs }
}

/// What commands that rewrite files take.
struct RewriteOptions: ParsableArguments {
  @Flag(name: [.customShort("n"), .long], help: "Write nothing; say what would be done.")
  var dryRun = false

  @Flag(help: "Write nothing; print the changes as a unified diff, which 'git apply' takes.")
  var diff = false

  @Flag(help: "Where a reference cannot be resolved or a file cannot be written, write the rest.")
  var keepGoing = false

  @Flag(help: "Exit with 1 where something changed.")
  var exitCode = false
}

extension Platform {
  @Sendable static func parse(_ text: String) throws -> Platform {
    guard let platform = Platform(text) else { throw ValidationError("write os/arch or os/arch/variant: 'linux/amd64'") }
    return platform
  }
}

extension PinForm {
  static var words: [String] { styles.map(\.word) }

  /// The form of that style; a wrong one is answered with the nearest.
  @Sendable static func parse(_ word: String) throws -> PinForm {
    if let form = PinForm(style: word) { return form }
    throw ValidationError(notOneOf: words, word)
  }
}
