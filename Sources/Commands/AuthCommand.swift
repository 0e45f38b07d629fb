import ArgumentParser
import Configuration
import Dialects
import Distribution
import FoundationEssentials
import HTTP
import Pinning
import References
import Reporting

/// `tagpin auth`
struct AuthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auth", abstract: "Show who this machine is at registries and git servers, and whether that works.",
    usage: "tagpin auth [<options>] [<server> ...]",
    discussion: """
      Without arguments: the registries and git servers of what this repository's files name, each asked for the first image or action of it. \
      No secret is shown. Exit codes: 0 all work, 1 one does not, 2 one cannot be told.
      """)

  @Argument(
    help: ArgumentHelp(
      "Registries and git servers, such as ghcr.io or github.com; images; or https:// URLs of git repositories.", valueName: "server"))
  var names: [String] = []
  @Flag(help: "Ask registries for a token that allows to push, too.") var push = false
  @OptionGroup var configured: ConfigurationOptions
  @OptionGroup(title: "Network") var network: ConnectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    for name in names { _ = try Self.subject(name) }
    if ![.text, .json].contains(output.format) { throw ValidationError("auth reports as text or json") }
  }

  /// An image to ask for, or one that stands for a registry of which none is known.
  struct Question: Hashable, Sendable {
    var image: ImageReference
    var isKnown: Bool
  }

  /// What one is asked of.
  private enum Subject: Sendable {
    case image(Question)
    /// A registry or a git server, in lower case, with its port if it has one.
    case host(String, Question)
    /// The URL of a git repository.
    case repository(String)
  }

  private static let wellKnownServers = [
    "docker.io", "ghcr.io", "quay.io", "gcr.io", "mcr.microsoft.com", "registry.k8s.io", "github.com", "gitlab.com", "codeberg.org",
  ]

  private static func subject(_ written: String) throws -> Subject {
    let unusable = ValidationError(
      "'\(written)' is neither a registry or git server, such as ghcr.io, nor an image, nor the URL of a git repository")
    if let separator = written.firstRange(of: "://") {
      let path = written[separator.upperBound...].drop { $0 != "/" }
      guard ["http", "https", "ssh"].contains(written[..<separator.lowerBound]), path.count > 1 else { throw unusable }
      return .repository(written)
    }
    // A server's first name is an image of Docker Hub, too, which nobody means.
    if let server = wellKnownServers.first(where: { $0.prefix { $0 != "." } == written.lowercased() }) {
      throw ValidationError(
        "'\(written)' is not a server; did you mean '\(server)'? An image of that name is 'docker.io/library/\(written)'")
    }
    // `nginx:1.27` is an image.
    let host = written.prefix { $0 != ":" }
    let isHost = !written.contains("/") && (host.contains(".") || host == "localhost" || host.hasPrefix("["))
    do {
      let image = try ImageReference(parsing: isHost ? "\(written)/any/image" : written)
      return isHost ? .host(written.lowercased(), Question(image: image, isKnown: false)) : .image(Question(image: image, isKnown: true))
    } catch { throw unusable }
  }

  func run() async throws {
    let environment = Environment.current
    let messages = Messages(output, environment)
    do {
      var subjects = try names.map(Self.subject)
      var (images, actions): ([Question], [ActionReference]) = ([], [])
      let root: String
      let configuration: Configuration
      if names.isEmpty {
        let workspace = try Workspace.open(paths: [], dialect: nil, configured, environment)
        (root, configuration) = (workspace.root, workspace.configuration)
        (images, actions) = await Self.references(in: workspace)
        subjects = images.map(Subject.image)
      } else {
        root = try Workspace.root(environment)
        configuration = try ConfigurationFiles.read(root: root, configured, environment).settings.configuration
        // What the repository names says what a host is, and what can be asked of it.
        if FileManager.default.fileExists(atPath: Paths.absolute(".git", from: root)),
          let workspace = try? Workspace.open(paths: [], dialect: nil, configured, environment)
        {
          (images, actions) = await Self.references(in: workspace)
        }
      }
      let registry = try RegistryAccess(configuration, root: root, network, environment, messages)
      let git = GitAccess(configuration, root: root, network, environment, transport: registry.transport)
      let registries = Set(images.map { $0.image.name.registry.lowercased() })
      var entries = await boundedMap(subjects, limit: 16) { [actions, push] subject in
        await Self.entries(subject, registries: registries, actions, pushes: push, registry, git)
      }.flatMap(\.self)
      if names.isEmpty { entries += await git.logins(actions) }
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
    var options = RunOptions(.list, today: .today)
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

  /// Most servers are one thing; one of git is a registry, too, where the repository has images of it, or somebody logged in.
  private static func entries(
    _ subject: Subject, registries: Set<String>, _ actions: [ActionReference], pushes: Bool, _ registry: RegistryAccess, _ git: GitAccess
  ) async -> [AuthReport.Entry] {
    switch subject {
    case .image(let question): return [await registry.login(question, pushes: pushes)]
    case .repository(let url): return [await git.login(atRepository: url)]
    case .host(let host, let question):
      let asRegistry = await registry.login(question, pushes: pushes)
      guard let asGit = await git.login(atServer: host, actions) else { return [asRegistry] }
      return registries.contains(host) || asRegistry.login != nil ? [asRegistry, asGit] : [asGit]
    }
  }
}
