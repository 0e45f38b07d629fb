import Configuration
import Dialects
import Distribution
import FoundationEssentials
import HTTP
import Pinning
import References

/// Registries as pinning sees them: the client with the user's credentials, proxies and configuration.
final class RegistryAccess: DigestResolving {
  /// Git servers are asked through it, too.
  let transport: HTTPTransport
  let client: RegistryClient
  let collected = WarningCollector()

  /// `root` is the directory that paths in the repository's own configuration count from.
  init(_ configuration: Configuration, root: String, _ network: ConnectionOptions, _ environment: Environment, _ messages: Messages)
    throws(Workspace.Failure)
  {
    var options = HTTPTransport.Options(userAgent: "tagpin/\(tagpinVersion)", environment: environment.variables)
    options.jobs = network.jobs
    options.requestTimeout = .seconds(network.timeout)
    options.connectTimeout = min(options.connectTimeout, .seconds(network.timeout))
    options.retry.budget = .seconds(3 * network.timeout)
    if messages.isVerbose { options.log = { messages.log($0) } }
    let isTrusted = configuration.trust == .user
    var registries: [RegistryConfiguration] = []
    var services: [String: [String]] = [:]
    do throws(RegistryError) {
      for rule in configuration.registries {
        let registry = try RegistryConfiguration(
          prefix: rule.prefix.description, mirrors: rule.mirrors.map(\.description), isInsecure: rule.usesPlainHTTP, isTrusted: isTrusted)
        registries.append(registry)
        if let ca = rule.ca {
          let path =
            switch ca {
            case .inRepository(let path): "\(root)/\(path)"
            case .atPath(let path): Paths.absolute(path, from: environment.workingDirectory)
            }
          for host in [registry.host] + rule.mirrors.map(\.authority.description) { options.certificateAuthorities[host] = path }
        }
        if isTrusted, let host = HostAndPort(registry.host) {
          services[host.host, default: []] += rule.tokenServices.map(\.host)
        }
      }
    } catch { throw .usage(error.description) }
    transport = HTTPTransport(options)
    do throws(RegistriesFileError) {
      let machine = try ContainersRegistries(environment: environment.variables, homeDirectory: environment.homeDirectory, files: .onDisk)
      registries += machine.registries
      for note in machine.notes { messages.log(note) }
    } catch { throw .unreadable(error.description) }
    client = RegistryClient(
      sender: transport,
      credentials: CredentialStore(
        environment: environment.variables, homeDirectory: environment.homeDirectory, userID: environment.userID),
      registries: registries, tokenServices: TokenServices(allowing: services))
  }

  func digest(of reference: ImageReference, platform: Platform?) async throws(SiteFailure) -> Digest {
    do throws(RegistryError) {
      let manifest = try await client.resolve(reference, platform: platform)
      await collected.add(manifest.warnings)
      return manifest.digest
    } catch { throw .unresolved(Unresolved(error)) }
  }

  /// What registries and mirrors warned of, each once, sorted.
  var warnings: [String] {
    get async { await collected.all.union(client.mirrorWarnings).sorted() }
  }

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

actor WarningCollector {
  private(set) var all: Set<String> = []

  func add(_ more: [String]) { all.formUnion(more) }
}
