import HTTP
import References
import Synchronization

/// A client of registries that speak the OCI distribution protocol. Challenges and tokens are shared by all its requests.
package final class RegistryClient: Sendable {
  let sender: any HTTPSending
  let authorizer: Authorizer
  let registries: [RegistryConfiguration]
  private let warn: @Sendable (String) -> Void
  private let mirrorFailures = Mutex(MirrorFailures())

  private struct MirrorFailures {
    /// Mirrors that could not be reached, and why. They are not tried again.
    var unreachable: [HTTPURL.Origin: RegistryError] = [:]
    var told: Set<String> = []
  }

  /// The first of the configurations that covers an image counts. `warn` gets a line, fit to be shown, for each way in which a mirror failed: once,
  /// whatever becomes of the image. `now` is for tests.
  package init(
    sender: any HTTPSending, credentials: any CredentialProviding, registries: [RegistryConfiguration] = [],
    tokenServices: TokenServices = TokenServices(), warn: @escaping @Sendable (String) -> Void = { _ in },
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.sender = sender
    self.registries = registries
    self.warn = warn
    authorizer = Authorizer(sender: sender, credentials: credentials, services: tokenServices, now: now)
  }

  /// What the reference names: its digest where it has one, else its tag, else `latest`. With a platform, the manifest for it.
  ///
  /// Mirrors are asked first. Whatever a mirror does not answer, the registry itself is asked; its answer is the error, the mirror's a warning.
  package func resolve(_ reference: ImageReference, platform: Platform? = nil) async throws(RegistryError) -> ResolvedManifest {
    let endpoints = try RegistryEndpoint.all(for: reference, registries)
    for endpoint in endpoints.dropLast() {
      do throws(RegistryError) {
        if let reason = mirrorFailures.withLock({ $0.unreachable[endpoint.url.origin] }) { throw reason }
        return try await resolve(reference, at: endpoint, platform)
      } catch {
        if error == .network(.cancelled) { throw error }
        note(error, of: endpoint)
      }
    }
    guard let primary = endpoints.last else { throw .invalidRegistry(reference.name.registry, reason: "it has no endpoint") }
    return try await resolve(reference, at: primary, platform)
  }

  private func note(_ error: RegistryError, of mirror: RegistryEndpoint) {
    let text = "the mirror \(mirror.mirror?.description ?? mirror.url.authority) was passed over: \(error)"
    let isNew = mirrorFailures.withLock { failures in
      if error.isUnreachable { failures.unreachable[mirror.url.origin] = error }
      return failures.told.insert(text).inserted
    }
    if isNew { warn(text) }
  }
}

extension RegistryError {
  /// Whether there was no connection at all.
  fileprivate var isUnreachable: Bool {
    guard case .network(let error) = self else { return false }
    switch error {
    case .unknownHost, .connection, .tls, .proxy, .timeout: return true
    case .bodyTooLarge, .rateLimited, .protocolViolation, .cancelled: return false
    }
  }
}
