import HTTP
import References
import Synchronization

/// A client of registries that speak the OCI distribution protocol. Challenges and tokens are shared by all its requests.
package final class RegistryClient: Sendable {
  let sender: any HTTPSending
  let authorizer: Authorizer
  let credentials: any CredentialProviding
  let registries: [RegistryConfiguration]
  /// Registries on loopback that are asked over TLS.
  let tlsHosts: Set<String>
  /// Mirrors that could not be reached, and why. They are not tried again.
  private let unreachable = Mutex<[HTTPURL.Origin: RegistryError]>([:])
  private let passedOver = Mutex<Set<String>>([])
  private let warned = Mutex<Set<String>>([])
  /// Whether repositories exist, what hosts say that limit requests, and whether hosts speak the protocol, as far as it was asked.
  let repositories = AnswerOnce<RegistryEndpoint, RepositoryPresence>()
  let refusalWords = AnswerOnce<HTTPURL.Origin, String?>()
  /// What repositories hold, as far as they were asked for a tag that they do not.
  let tagLists = AnswerOnce<RegistryEndpoint, [String]?>()
  let speakers = AnswerOnce<HTTPURL.Origin, Result<Bool, RegistryError>>()

  /// The first of the configurations that covers an image counts. Registries on loopback are asked over plain http unless they are among
  /// `tlsHosts`. `now` is for tests.
  package init(
    sender: any HTTPSending, credentials: any CredentialProviding, registries: [RegistryConfiguration] = [], tlsHosts: Set<String> = [],
    tokenServices: TokenServices = TokenServices(), now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.sender = sender
    self.credentials = credentials
    self.registries = registries
    self.tlsHosts = tlsHosts
    authorizer = Authorizer(sender: sender, credentials: credentials, services: tokenServices, now: now)
  }

  /// What was said of mirrors that did not answer, each once, sorted; also where the registry itself failed afterwards.
  package var mirrorWarnings: [String] { passedOver.withLock { $0.sorted() } }

  /// What registries warned of, each with its name and once, sorted; whatever became of the request.
  package var registryWarnings: [String] { warned.withLock { $0.sorted() } }

  func note(_ warning: String) { warned.withLock { _ = $0.insert(warning) } }

  func noteWarnings(_ response: HTTPResponse, host: String) {
    let texts = RegistryWarning.texts(response, host: host)
    if !texts.isEmpty { warned.withLock { $0.formUnion(texts) } }
  }

  /// What the reference names: its digest where it has one, else its tag, else `latest`. With a platform, the manifest for it.
  ///
  /// Mirrors are asked first. Whatever a mirror does not answer, the registry itself is asked; where it fails, too, the error has both.
  package func resolve(_ reference: ImageReference, platform: Platform? = nil) async throws(RegistryError) -> ResolvedManifest {
    let endpoints = try RegistryEndpoint.all(for: reference, registries, tlsHosts: tlsHosts)
    var failures: [String] = []
    for endpoint in endpoints.dropLast() {
      do throws(RegistryError) {
        if let reason = unreachable.withLock({ $0[endpoint.url.origin] }) { throw reason }
        return try await resolve(reference, at: endpoint, platform)
      } catch {
        if error == .network(.cancelled) { throw error }
        if error.isUnreachable { unreachable.withLock { $0[endpoint.url.origin] = error } }
        let mirror = endpoint.mirror?.description ?? endpoint.url.authority
        passedOver.withLock { _ = $0.insert("the mirror \(mirror) was passed over: \(error)") }
        failures.append("the mirror \(mirror) failed: \(error)")
      }
    }
    guard let primary = endpoints.last else { throw .invalidRegistry(reference.name.registry, reason: "it has no endpoint") }
    do throws(RegistryError) {
      return try await resolve(reference, at: primary, platform)
    } catch {
      let error = await namingNearestTags(error, for: reference, at: primary)
      throw failures.isEmpty || error == .network(.cancelled) ? error : .afterMirrors(failures, error)
    }
  }
}

extension RegistryError {
  /// Whether there was no connection at all.
  var isUnreachable: Bool {
    guard case .network(let error) = self else { return false }
    switch error {
    case .unknownHost, .connection, .tls, .proxy, .timeout, .nothingAllowed, .silent, .unfinished: return true
    case .bodyTooLarge, .rateLimited, .protocolViolation, .localAddress, .cancelled: return false
    }
  }
}
