import Documents
import SourceText

/// What a kind of source file means: how to recognise it, where in it references stand, and what its consumer accepts as a pin.
package final class Dialect: Sendable {
  /// Stable, for machines and for `--dialect`: `github-actions`.
  package let name: String
  /// What it is called in tables: `GitHub Actions workflows and actions`.
  package let title: String
  /// The URLs of what says how its files are read: its consumer's documentation, or its source.
  package let sources: [String]
  package let claim: Claim
  /// Its files are written in one of these; a file's name says in which, else its first byte: `syntax(of:at:)`.
  package let syntaxes: [Syntax]
  package let form: PinForm
  package let places: [Place]
  /// The paths of all of them, and the place of each: made once, for files are many.
  let paths: [SitePath]
  let placesOfPaths: [Place]
  /// As the paths are written.
  let writtenPaths: [String]
  let matchers: PathMatchers
  /// For each way in which its places write parameters.
  let scanners: [ParameterNotation: ParameterScanner]
  /// Everything below these paths is left out.
  package let exclusions: [SitePath]
  /// Files that it does not claim in spite of their names.
  package let notFiles: [Glob]
  /// Marks of a template language: a file that cannot be parsed and holds one of them is a template, not a broken file. `${{` does not
  /// count.
  package let templateMarks: [String]
  /// Whether its text may hold shell lines that build images (`run:` and `script:` blocks, scripts, Makefiles).
  package let holdsShell: Bool
  /// Whether its files can say what the repository builds or replaces, or what other files are.
  package let tellsOfOthers: Bool
  let inners = InnerDialects()
  /// What each of its files says of others by being one.
  package let links: [FileLink]
  /// What its consumer, or something else that changes its files, means by more than a place.
  let customs: Customs

  package init(
    name: String, title: String, sources: [String] = [], claim: Claim, syntax syntaxes: Syntax..., form: PinForm = .tagAndDigest,
    places: [Place] = [],
    exclusions: [SitePath] = [], notFiles: [Glob] = [], templateMarks: [String] = ["{{", "{%", "<%"], holdsShell: Bool = false,
    links: [FileLink] = [], customs: Customs = Customs()
  ) {
    self.name = name
    self.title = title
    self.sources = sources
    self.claim = claim
    self.syntaxes = syntaxes
    self.form = form
    self.places = places
    paths = places.flatMap(\.paths.all)
    writtenPaths = paths.map(\.description)
    placesOfPaths = places.flatMap { place in place.paths.all.map { _ in place } }
    matchers = PathMatchers(paths, exclusions: exclusions)
    scanners = Dictionary(
      places.compactMap { $0.reading.parameter?.notation }.map { ($0, ParameterScanner($0)) }, uniquingKeysWith: { first, _ in first })
    self.exclusions = exclusions
    self.notFiles = notFiles
    self.templateMarks = templateMarks
    self.holdsShell = holdsShell
    tellsOfOthers = holdsShell || syntaxes.contains(where: \.tellsOfOthers) || places.contains { $0.reading.tellsOfOthers }
    self.links = links
    self.customs = customs
  }

  /// In which of its syntaxes a file of that path is written.
  package func syntax(of text: SourceText, at path: String) -> Syntax {
    let names = PathNames(path).all
    let named = syntaxes.first { syntax in syntax.extensions.contains { ending in names.contains { $0.hasSuffix(".\(ending)") } } }
    let isObject = text.bytes.first { !$0.isWhiteSpace } == UInt8(ascii: "{")
    return named ?? (isObject ? syntaxes.last : syntaxes.first) ?? .yaml
  }
}

/// What holds in all files of a dialect, whatever the place.
package struct Customs: Sendable {
  /// The YAML tag of a sequence that names another place of the file, whose value is here instead: `!reference`.
  var referenceTag: String?
  /// The single key of a mapping that stands for the value of the parameter that it names: `Ref`.
  var parameterKey: String?
  /// The single key of a mapping from which the consumer computes a text: `Fn::Sub`.
  var functions: [Glob] = []
  /// What a text begins with that names no image but something that is built into one, and what is said of it.
  var builtSchemes: [String: String] = [:]
  /// The file beside one of the dialect that says what variables stand for: `.env`.
  var variableFile: String?
  /// Whether its texts have defaults for variables in them: `${NAME:-default}`.
  var hasDefaultsInTexts = false
  /// Those that write new references themselves.
  var robots: [Robot] = []
  /// What a comment begins with in which one of them says that the reference on its line is its own, and who it is.
  var commentRobots: [String: String] = [:]
  /// What says beside an image that it is never pulled.
  var pullPolicy: PullPolicy?
  /// Documents in which no place can hold, so that they need not be read.
  var passedOver: [DocumentHead] = []

  package init() {}

  init(
    referenceTag: String? = nil, parameterKey: String? = nil, functions: [Glob] = [], builtSchemes: [String: String] = [:],
    variableFile: String? = nil, hasDefaultsInTexts: Bool = false, robots: [Robot] = [], commentRobots: [String: String] = [:],
    pullPolicy: PullPolicy? = nil, passedOver: [DocumentHead] = []
  ) {
    self.referenceTag = referenceTag
    self.parameterKey = parameterKey
    self.functions = functions
    self.builtSchemes = builtSchemes
    self.variableFile = variableFile
    self.hasDefaultsInTexts = hasDefaultsInTexts
    self.robots = robots
    self.commentRobots = commentRobots
    self.pullPolicy = pullPolicy
    self.passedOver = passedOver
  }
}
