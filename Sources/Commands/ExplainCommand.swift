import ArgumentParser
import Configuration
import Dialects
import Pinning
import Reporting
import Rules
import SourceText

/// `tagpin explain`
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what is in a place of a file, and why; or what a rule means, and what to do. Offline.",
    discussion: "Without a word: the list of all rules and reasons.")

  @Argument(
    help: ArgumentHelp("A place ('compose.yaml:8', 'compose.yaml:8:12', 'compose.yaml'), or the id of a rule.", valueName: "place|rule"),
    completion: .file())
  var subject: String?

  @OptionGroup var configured: ConfigurationOptions

  @Option(
    help: ArgumentHelp("The kind of the file, in place of what its name says.", valueName: "dialect"),
    completion: .list(Dialects.all.map(\.name)), transform: FileOptions.dialect)
  var dialect: String?

  @Option(help: "How to print it: text or json.", completion: Choice<Format>.completion, transform: Choice<Format>.parse)
  var format: Format = .text

  enum Format: String, CaseIterable { case text, json }

  func run() async throws {
    guard let subject else {
      return StandardStream.writeOutput(format == .json ? RulePages.json(of: Rule.allCases) : RulePages.list)
    }
    if let rule = Rule(id: subject) {
      return StandardStream.writeOutput(format == .json ? RulePages.json(of: [rule]) : RulePages.page(of: rule))
    }
    let environment = Environment.current
    do throws(Workspace.Failure) {
      try await explain(WrittenPlace(subject), environment)
    } catch {
      throw Messages(try OutputOptions.parse([]), environment).exit(error)
    }
  }

  private func explain(_ place: WrittenPlace, _ environment: Environment) async throws(Workspace.Failure) {
    // A word without a dot, a slash or a line is rather a rule's.
    if place.line == nil, !place.path.contains("/"), !place.path.contains("."), !isFile(place.path, environment) {
      let question = NearestWord.question(about: place.path, in: Rule.allCases.map(\.id))
      throw .usage("there is no rule '\(place.path)', and no file\(question.isEmpty ? "; 'tagpin explain' lists the rules" : question)")
    }
    let workspace = try Workspace.open(paths: [place.path], dialect: dialect, configured, environment)
    guard let named = workspace.files.first(where: { $0.role == .named }) else {
      throw .usage("'\(place.path)' is a directory; name a file in it")
    }
    let tree = SourceTree(root: workspace.root)
    let scan = Scan(options: DialectOptions(workspace.configuration), sitePaths: workspace.configuration.sitePaths) { file in
      do throws(ReadError) { return .success(try FileReader.read(file.absolutePath, in: tree)) } catch { return .failure(error) }
    }
    var options = RunOptions(.list, today: .today)
    options.isDryRun = true
    options.configuration = workspace.configuration
    let report = await Run(options, resolver: NoResolver()).plan(on: await scan.scan(workspace.files, jobs: processorCount()))
    guard let file = report.files.first(where: { PathKey($0.path) == PathKey(named.path) }) else {
      throw .unreadable("'\(place.path)' was not read")
    }
    let places = PlaceReport(file, line: place.line, column: place.column)
    guard !places.isEmpty else { throw .unreadable(nothing(in: place, file, places.lines)) }
    StandardStream.writeOutput(format == .json ? places.json : places.text)
  }

  private func isFile(_ path: String, _ environment: Environment) -> Bool {
    realPath(Paths.absolute(path, from: environment.workingDirectory)) != nil
  }

  private func nothing(in place: WrittenPlace, _ file: FileReport, _ lines: [Int]) -> String {
    let reading = file.dialect.map { ", read as \($0)" } ?? ""
    guard let line = place.line, !lines.isEmpty else {
      return "no references in '\(place.path)'\(reading); '--dialect NAME' reads it otherwise, 'sites:' in the configuration adds places"
    }
    let nearest = lines.sorted { abs($0 - line) < abs($1 - line) }.prefix(3).sorted().map { "\($0)" }.joined(separator: ", ")
    return "no reference in line \(line) of '\(place.path)'\(reading); the nearest are in \(nearest)"
  }
}

/// `compose.yaml:8:12`: a path, with a line and maybe a column.
struct WrittenPlace {
  var path: String
  var line: Int?
  var column: Int?

  init(_ written: String) {
    path = written
    var numbers: [Int] = []
    while numbers.count < 2, let colon = path.lastIndex(of: ":"), let number = Int(path[path.index(after: colon)...]), number > 0 {
      numbers.insert(number, at: 0)
      path = String(path[..<colon])
    }
    line = numbers.first
    column = numbers.dropFirst().first
  }
}
