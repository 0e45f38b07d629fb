import ArgumentParser
import Configuration
import Dialects
import Distribution
import HTTP
import Pinning
import References
import Reporting

/// `tagpin auth`
struct AuthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auth", abstract: "Show who this machine is at registries and git servers, and whether that works.",
    usage: "tagpin auth [<options>] [<registry> ...]",
    discussion: """
      Without arguments: the registries and git servers of what this repository's files name, each asked for the first image or action of it. \
      No secret is shown. Exit codes: 0 all work, 1 one does not, 2 one cannot be told.
      """)

  @Argument(help: ArgumentHelp("Registries, ghcr.io or registry.acme.test:5000, or images of them.", valueName: "registry"))
  var names: [String] = []
  @Flag(help: "Ask registries for a token that allows to push, too.") var push = false
  @OptionGroup var configured: ConfigurationOptions
  @OptionGroup(title: "Network") var network: ConnectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    for name in names { _ = try Self.question(name) }
    if ![.text, .json].contains(output.format) { throw ValidationError("auth reports as text or json") }
  }

  /// An image to ask for, or one that stands for a registry of which none is known.
  struct Question: Hashable, Sendable {
    var image: ImageReference
    var isKnown: Bool
  }

  private static func question(_ written: String) throws -> Question {
    // `nginx:1.27` is an image.
    let host = written.prefix { $0 != ":" }
    let isRegistry = !written.contains("/") && (host.contains(".") || host == "localhost" || host.hasPrefix("["))
    do {
      return Question(image: try ImageReference(parsing: isRegistry ? "\(written)/any/image" : written), isKnown: !isRegistry)
    } catch { throw ValidationError("'\(written)' is neither a registry, such as ghcr.io, nor an image of one") }
  }

  func run() async throws {
    let environment = Environment.current
    let messages = Messages(output, environment)
    do {
      var questions = try names.map(Self.question)
      var actions: [ActionReference] = []
      let root: String
      let configuration: Configuration
      if names.isEmpty {
        let workspace = try Workspace.open(paths: [], dialect: nil, configured, environment)
        root = workspace.root
        configuration = workspace.configuration
        (questions, actions) = await Self.references(in: workspace)
      } else {
        root = try Workspace.root(environment)
        configuration = try ConfigurationFiles.read(root: root, configured, environment).settings.configuration
      }
      let registry = try RegistryAccess(configuration, root: root, network, environment, messages)
      let git = GitAccess(configuration, root: root, network, environment, transport: registry.transport)
      let entries = await Self.entries(questions, actions, pushes: push, registry, git)
      await registry.shutdown()
      for warning in await git.warnings { messages.warn(warning) }
      let report = AuthReport(entries)
      if entries.isEmpty { messages.warn("nothing here names a registry or a git server; name registries, as in 'tagpin auth ghcr.io'") }
      messages.show(output.format == .json ? report.json : report.text(colour: messages.coloursOutput))
      if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    } catch let failure as Workspace.Failure {
      throw messages.exit(failure)
    }
  }

  /// The first image of each registry and all actions, in the order of the files.
  private static func references(in workspace: Workspace) async -> ([Question], [ActionReference]) {
    var options = RunOptions(.list)
    options.configuration = workspace.configuration
    let tree = SourceTree(root: workspace.root)
    let scan = Scan(options: DialectOptions(workspace.configuration), sitePaths: workspace.configuration.sitePaths) { file in
      do throws(ReadError) { return .success(try FileReader.read(file.absolutePath, in: tree)) } catch { return .failure(error) }
    }
    let scanned = await scan.scan(workspace.files, jobs: processorCount())
    let report = await Run(options, resolver: NoResolver()).plan(on: scanned)
    var images: [Question] = []
    var actions: [ActionReference] = []
    for site in report.files.flatMap(\.sites) {
      switch (site.state, site.site.content) {
      case (.pinned, .image(let image)), (.unpinned, .image(let image)):
        let registry = image.name.registry.lowercased()
        if !images.contains(where: { $0.image.name.registry.lowercased() == registry }) {
          images.append(Question(image: image, isKnown: true))
        }
      case (.pinned, .action(let action)), (.unpinned, .action(let action)): actions.append(action)
      default: break
      }
    }
    return (images, actions)
  }

  private static func entries(
    _ questions: [Question], _ actions: [ActionReference], pushes: Bool, _ registry: RegistryAccess, _ git: GitAccess
  ) async -> [AuthReport.Entry] {
    let registries = await withTaskGroup(of: (Int, AuthReport.Entry).self) { group in
      for (index, question) in questions.enumerated() {
        group.addTask { (index, await registry.login(question, pushes: pushes)) }
      }
      var entries: [(Int, AuthReport.Entry)] = []
      for await entry in group { entries.append(entry) }
      return entries.sorted { $0.0 < $1.0 }.map(\.1)
    }
    return registries + (await git.logins(actions))
  }
}
