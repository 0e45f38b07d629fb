import HTTP
import References

// Distribution specification, "Pulling manifests" (end-2 and end-3).
extension RegistryClient {
  func resolve(_ reference: ImageReference, at endpoint: RegistryEndpoint, _ platform: Platform?) async throws(RegistryError)
    -> ResolvedManifest
  {
    var resolved: ResolvedManifest
    if let platform {
      let (manifest, document) = try await manifest(Target(reference), at: endpoint)
      resolved = try await select(platform, from: manifest, document, at: endpoint)
    } else {
      resolved = try await descriptor(Target(reference), at: endpoint)
    }
    resolved.mirror = endpoint.mirror?.description
    return resolved
  }

  /// What is asked for in a repository.
  struct Target: Hashable, Sendable {
    var text: String
    var digest: Digest?

    init(_ reference: ImageReference) {
      digest = reference.digest
      text = reference.digest?.description ?? (reference.effectiveTag ?? .latest).text
    }

    init(_ digest: Digest) {
      self.digest = digest
      text = digest.description
    }
  }

  /// With HEAD, which no registry counts, and with GET where that leaves the question open.
  private func descriptor(_ target: Target, at endpoint: RegistryEndpoint) async throws(RegistryError) -> ResolvedManifest {
    let answer = try await send(.head, endpoint.manifestURL(target.text), at: endpoint, headers: ["Accept": MediaType.accept])
    let head = ManifestAnswer(response: answer.response, host: answer.url.authority, requested: target.digest)
    if answer.response.status == 200, let descriptor = try head.descriptor() { return descriptor }
    guard head.callsForGet else { throw answer.error(target) }
    return try await manifest(target, at: endpoint).0
  }

  /// With GET; the digest is the one of the bytes.
  func manifest(_ target: Target, at endpoint: RegistryEndpoint) async throws(RegistryError) -> (ResolvedManifest, ManifestDocument) {
    let answer = try await send(.get, endpoint.manifestURL(target.text), at: endpoint, headers: ["Accept": MediaType.accept])
    guard answer.response.status == 200 else { throw answer.error(target) }
    return try ManifestAnswer(response: answer.response, host: answer.url.authority, requested: target.digest).manifest()
  }
}

extension RegistryClient.Answer {
  /// What an answer other than 200 to a request for a manifest means.
  func error(_ target: RegistryClient.Target) -> RegistryError {
    guard response.status == 404 else { return error }
    switch Absence(RegistryErrorBody(response)) {
    case .manifest: return target.digest == nil ? .tagNotFound(host: url.authority) : .digestNotFound(host: url.authority)
    case .repository: return .repositoryNotFound(host: url.authority)
    case .unproven: return error
    }
  }

  /// What an answer means that is not the one hoped for, and no proof of anything.
  var error: RegistryError {
    let refusal = RegistryError.Refusal(response, authorization, access)
    switch response.status {
    case 401: return .unauthorized(host: url.authority, refusal)
    case 403 where !RegistryErrorBody(response).saysTooManyRequests: return .denied(host: url.authority, refusal)
    default:
      // A redirect may have led to another host, of which the configuration says nothing.
      let origin = url.origin == access.registry.origin ? plainHTTPOrigin : nil
      return RegistryError(unexpected: response, host: url.authority, plainHTTPOrigin: origin)
    }
  }
}
