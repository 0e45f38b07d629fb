import Configuration
import Dialects
import Distribution
import FoundationEssentials
import HTTP
import Pinning
import References
import SystemPackage

/// Registries as pinning sees them: the client with the user's credentials, proxies and configuration.
final class RegistryAccess: DigestResolving {
  /// Git servers are asked through it, too.
  let transport: HTTPTransport
  let client: RegistryClient
  let collected = WarningCollector()
  private let notices: WaitNotices

  /// `root` is the directory that paths in the repository's own configuration count from.
  init(_ configuration: Configuration, root: String, _ network: ConnectionOptions, _ environment: Environment, _ messages: Messages)
    throws(Workspace.Failure)
  {
    var options = HTTPTransport.Options(userAgent: "tagpin/\(tagpinVersion)", environment: environment.variables)
    // Each takes a connection, and others stay open for a while where hosts change.
    options.jobs = min(network.jobs, max(1, (DescriptorLimit.current - 32) / 2))
    options.setTimeout(seconds: network.timeout)
    notices = WaitNotices(messages)
    options.waits = { [notices] in notices.note(host: $0, $1) }
    if messages.isLogged { options.log = { messages.log($0) } }
    let machine: MachineRegistries
    do throws(RegistriesFileError) {
      machine = try MachineRegistries(environment: environment.variables, homeDirectory: environment.homeDirectory, files: .onDisk)
    } catch { throw .unreadable(error.description) }
    for note in machine.notes { messages.log(note) }
    for warning in machine.warnings { messages.warn(warning) }
    let job = GitLabJob(environment)
    for rule in configuration.registries { try Self.refuseLinks(of: rule, outOf: root) }
    // Not those of the job: that its registry has GitLab's authority, too, is likely only, and a repository can know better.
    let trustedHosts = Set(configuration.registries.filter(\.isTrusted).flatMap(\.value.hosts)).union(machine.hosts.keys)
    // The first one that covers an image counts, and the repository takes the place of nothing that the user or this machine says.
    var trusted: [RegistryConfiguration] = []
    var untrusted: [RegistryConfiguration] = []
    var tlsHosts = Set(machine.hosts.keys).union(job.hosts.keys)
    do throws(RegistryError) {
      for rule in configuration.registries {
        let registry = try RegistryConfiguration(
          prefix: rule.prefix.description, mirrors: rule.mirrors.map(\.description), isInsecure: rule.usesPlainHTTP,
          insecureOrigin: rule.origin.description, isTrusted: rule.isTrusted)
        if rule.isTrusted { trusted.append(registry) } else { untrusted.append(registry) }
        // Who names certificates of a registry on loopback wants TLS with it.
        if rule.ca != nil || rule.clientCertificate != nil { tlsHosts.insert(rule.prefix.registry) }
        // The repository adds no authority for a host that a trusted layer or this machine names.
        let hosts = rule.value.hosts.filter { rule.isTrusted || !trustedHosts.contains($0) }
        options.add(rule.value, for: hosts) { file in
          switch file {
          case .inRepository(let path): FilePath(root).appending(path).string
          case .atPath(let path): Paths.absolute(path, from: environment.workingDirectory)
          }
        }
      }
    } catch { throw .usage(error.description) }
    for (host, tls) in machine.hosts { options.add(tls, for: host) }
    for (host, tls) in job.hosts { options.add(tls, for: host) }
    let services = try TokenServiceSettings(configuration, environment)
    transport = HTTPTransport(options)
    client = RegistryClient(
      sender: transport,
      credentials: CredentialStore(
        environment: environment.variables, homeDirectory: environment.homeDirectory, userID: environment.userID),
      registries: trusted + machine.registries + untrusted, tlsHosts: tlsHosts,
      tokenServices: TokenServices(allowing: services.hosts))
  }

  /// A directory of the repository can be a link to anywhere on this machine.
  private static func refuseLinks(of rule: Configured<RegistryRule>, outOf root: String) throws(Workspace.Failure) {
    guard case .inRepository(let path) = rule.ca else { return }
    do throws(ReadError) {
      _ = try FileReader.read(FilePath(root).appending(path).string, in: SourceTree(root: root))
    } catch {
      // What cannot be read is an error where the registry is asked.
      if case .escapes = error { throw .usage("\(rule.origin): 'ca': \(error)") }
    }
  }

  func digest(of reference: ImageReference, platform: Platform?) async throws(SiteFailure) -> Digest {
    // Clients take it for the host of that name, in whatever case, but not for Docker Hub with its 'library/'.
    if reference.name.registry != ImageName.dockerHub, reference.name.registry.lowercased() == ImageName.dockerHub {
      await collected.add([
        "'\(reference.written)' is not what 'docker.io' names: write the registry in lower case, or leave it out"
      ])
    }
    do throws(RegistryError) {
      let manifest = try await client.resolve(reference, platform: platform)
      await collected.add(manifest.warnings)
      return manifest.digest
    } catch { throw .unresolved(Unresolved(error)) }
  }

  /// What registries and mirrors warned of, each once, sorted.
  var warnings: [String] {
    get async { await collected.all.union(client.mirrorWarnings).union(client.registryWarnings).sorted() }
  }

  /// Closes the connections; nothing can be asked afterwards.
  func shutdown() async {
    await transport.shutdown()
    notices.clear()
  }
}

extension RegistryRule {
  /// Who is asked: the registry and its mirrors.
  fileprivate var hosts: [String] {
    [RegistryConfiguration.hostAsked(for: prefix.registry)] + mirrors.map(\.authority.description)
  }
}

extension MachineFiles {
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
