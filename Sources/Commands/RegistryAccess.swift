import Configuration
import Dialects
import Distribution
import FoundationEssentials
import HTTP
import Pinning
import References
import Synchronization

/// Registries as pinning sees them: the client with the user's credentials, proxies and configuration.
final class RegistryAccess: DigestResolving {
  private let transport: HTTPTransport
  private let client: RegistryClient
  private let collected = WarningCollector()

  /// `root` is the directory that paths in the repository's own configuration count from.
  init(_ configuration: Configuration, root: String, _ network: NetworkOptions, _ environment: Environment, _ messages: Messages)
    throws(Workspace.Failure)
  {
    var options = HTTPTransport.Options(userAgent: "tagpin/\(tagpinVersion)", environment: environment.variables)
    options.jobs = network.jobs
    options.requestTimeout = .seconds(network.timeout)
    options.connectTimeout = min(options.connectTimeout, .seconds(network.timeout))
    options.retry.budget = .seconds(3 * network.timeout)
    if messages.isVerbose { options.log = { messages.log($0) } }
    for rule in configuration.registries {
      switch rule.ca {
      case .inRepository(let path): options.certificateAuthorities[rule.prefix.registry] = "\(root)/\(path)"
      case .atPath(let path):
        options.certificateAuthorities[rule.prefix.registry] = Paths.absolute(path, from: environment.workingDirectory)
      case nil: break
      }
    }
    transport = HTTPTransport(options)

    let isTrusted = configuration.trust == .user
    var registries: [RegistryConfiguration] = []
    var services: [String: [String]] = [:]
    do throws(RegistryError) {
      for rule in configuration.registries {
        registries.append(
          try RegistryConfiguration(
            prefix: rule.prefix.description, mirrors: rule.mirrors.map(\.description), isInsecure: rule.usesPlainHTTP, isTrusted: isTrusted)
        )
        if isTrusted { services[rule.prefix.registry, default: []] += rule.tokenServices.map(\.description) }
      }
    } catch { throw .usage(error.description) }
    do throws(RegistriesFileError) {
      let machine = try ContainersRegistries(environment: environment.variables, homeDirectory: environment.homeDirectory, files: .onDisk)
      registries += machine.registries
      for note in machine.notes { messages.log(note) }
    } catch { throw .unreadable(error.description) }
    client = RegistryClient(
      sender: transport,
      credentials: CredentialStore(
        environment: environment.variables, homeDirectory: environment.homeDirectory, userID: environment.userID),
      registries: registries, tokenServices: TokenServices(allowing: services),
      warn: { [collected] in collected.add([$0]) })
  }

  func digest(of reference: ImageReference, platform: Platform?) async throws(SiteFailure) -> Digest {
    do throws(RegistryError) {
      let manifest = try await client.resolve(reference, platform: platform)
      collected.add(manifest.warnings)
      return manifest.digest
    } catch { throw .unresolved(error.description, isAbsence: error.isAbsence) }
  }

  /// What registries and mirrors warned of, each once, sorted.
  var warnings: [String] { collected.sorted }

  /// Closes the connections; nothing can be asked afterwards.
  func shutdown() async { await transport.shutdown() }
}

extension ContainersRegistries.Files {
  /// The files of this machine.
  fileprivate static let onDisk = Self(
    read: { path in
      do throws(ReadError) {
        return try FileReader.read(path)
      } catch  where error.isMissing {
        return nil
      }
    },
    list: { path in
      var isDirectory = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory else { return [] }
      return try FileManager.default.contentsOfDirectory(atPath: path)
    })
}

/// For commands that ask nothing: a question is a fault of this program, and fails.
struct NoResolver: DigestResolving {
  func digest(of reference: ImageReference, platform: Platform?) async throws(SiteFailure) -> Digest {
    throw .unresolved("this command asks no registry", isAbsence: false)
  }
}

private final class WarningCollector: Sendable {
  private let warnings = Mutex<Set<String>>([])

  func add(_ more: [String]) { warnings.withLock { $0.formUnion(more) } }

  var sorted: [String] { warnings.withLock { $0.sorted() } }
}
