import HTTP
import References

// What a push has to know. Mirrors are never asked: they may be behind, and nothing that they lack is proven to be missing.
extension RegistryClient {
  /// Whether the tag of that reference (`latest` without one) exists at the registry that the reference names. The digest of an existing
  /// manifest is computed with that algorithm.
  ///
  /// One GET: an answer to HEAD has no body, and without its code a 404 proves nothing. Every error means that it could not be found out.
  package func presence(of reference: ImageReference, algorithm: Digest.Algorithm = .sha256) async throws(RegistryError) -> TagPresence {
    let endpoint = try RegistryEndpoint.destination(of: reference.name, registries, tlsHosts: tlsHosts)
    let target = Target(reference.with(tag: reference.tag, digest: nil))
    let url = endpoint.manifestURL(target.text)
    let answer = try await sendAsPush(url, at: endpoint, headers: ["Accept": MediaType.accept])
    switch answer.response.status {
    case 200: return .present(try answer.existingManifest(at: endpoint, algorithm))
    case 404:
      return switch try await absence(answer, of: url, at: endpoint) {
      case .manifest: .absent(await repositoryPresence(at: endpoint))
      case .repository: .absent(.missing)
      case .unproven: throw answer.error
      }
    default: throw answer.error(target)
    }
  }

  /// With the rights of a push or, where these are refused, of a pull: who may not push can still see what is there.
  private func sendAsPush(_ url: HTTPURL, at endpoint: RegistryEndpoint, headers: HTTPFields) async throws(RegistryError) -> Answer {
    do throws(RegistryError) {
      let answer = try await send(.get, url, at: endpoint, headers: headers, actions: ["pull", "push"])
      // Credentials of another kind have the same rights whatever is asked for.
      guard [401, 403].contains(answer.response.status), answer.authorization.isToken else { return answer }
    } catch {
      guard error.isRefusal else { throw error }
    }
    return try await send(.get, url, at: endpoint, headers: headers)
  }

  /// What a 404 to a request for that URL proves.
  private func absence(_ answer: Answer, of url: HTTPURL, at endpoint: RegistryEndpoint) async throws(RegistryError) -> Absence {
    let host = answer.url.authority
    guard answer.url == url else {
      throw .unprovenAbsence(host: host, reason: "\(url.authority) had redirected the request to '\(answer.url.descriptionWithoutQuery)'")
    }
    guard !answer.response.isPage else { throw .unprovenAbsence(host: host, reason: "it came with a web page, not a registry's error") }
    guard answer.response.body.isEmpty else { return Absence(RegistryErrorBody(answer.response)) }
    let speaks = await speakers.value(for: url.origin) { await self.speaksProtocol(at: endpoint) }
    guard try speaks.get() else {
      throw .unprovenAbsence(host: host, reason: "it came without a reason, and '/v2/' there does not answer like a registry")
    }
    return .manifest
  }

  /// Whether `/v2/` there answers as registries do (distribution specification, end-1).
  private func speaksProtocol(at endpoint: RegistryEndpoint) async -> Result<Bool, RegistryError> {
    var url = endpoint.url
    url.path = "/v2/"
    do throws(RegistryError) {
      let answer = try await sendAsPush(url, at: endpoint, headers: ["Accept": "application/json"])
      guard answer.url == url, !answer.response.isPage else { return .success(false) }
      let isNamed = answer.response.headers["Docker-Distribution-Api-Version"]?.hasPrefix("registry/2.") ?? false
      switch answer.response.status {
      case 200: return .success(isNamed || ManifestDocument(answer.response.body) != nil)
      case 401: return .success(isNamed || !RegistryErrorBody(answer.response).entries.isEmpty)
      case 408, 429, 500...: return .failure(RegistryError(unexpected: answer.response, host: answer.url.authority))
      default: return .success(false)
      }
    } catch {
      return .failure(error)
    }
  }

  // MARK: The repository

  /// Whether there is such a repository, for a tag that does not exist: many registries say the same of a missing repository, which may be
  /// a typing error. Each repository is asked for once.
  private func repositoryPresence(at endpoint: RegistryEndpoint) async -> RepositoryPresence {
    await repositories.value(for: endpoint) {
      do throws(RegistryError) {
        // No type of a manifest: Artifactory answers 406 then.
        let url = endpoint.tagsURL(count: 1)
        let answer = try await self.sendAsPush(url, at: endpoint, headers: ["Accept": "application/json"])
        return Self.repositoryPresence(answer, isOwn: answer.url == url)
      } catch {
        return error.isRefusal ? .unchecked(error) : .unknown(error)
      }
    }
  }

  /// `isOwn`: it was not redirected.
  private static func repositoryPresence(_ answer: Answer, isOwn: Bool) -> RepositoryPresence {
    let body = RegistryErrorBody(answer.response)
    switch answer.response.status {
    case 200: return isOwn && ManifestDocument(answer.response.body) != nil ? .present : .unchecked(answer.error)
    case 404 where isOwn && !answer.response.isPage && body.saysRepositoryNotFound: return .missing
    case 400...407, 501: return body.saysTooManyRequests ? .unknown(answer.error) : .unchecked(answer.error)
    default: return .unknown(answer.error)
    }
  }
}

extension RegistryClient.Answer {
  fileprivate func existingManifest(at endpoint: RegistryEndpoint, _ algorithm: Digest.Algorithm) throws(RegistryError) -> ExistingManifest
  {
    do throws(RegistryError) {
      let (manifest, document) = try ManifestAnswer(response: response, host: url.authority, requested: nil).manifest()
      let digest = algorithm == manifest.digest.algorithm ? manifest.digest : Digest(of: response.body, algorithm)
      return ExistingManifest(
        digest: digest, imageID: manifest.isIndex ? nil : document.configDigest, warnings: manifest.warnings, isIndex: manifest.isIndex,
        document: document, endpoint: endpoint)
    } catch {
      // Nobody can pull it by digest, but the tag is there.
      guard case .schema1 = error else { throw error }
      return ExistingManifest(
        digest: response.headers["Docker-Content-Digest"].flatMap { Digest($0) }, imageID: nil,
        warnings: RegistryWarning.texts(response, host: url.authority),
        isIndex: false, document: nil, endpoint: endpoint)
    }
  }
}

extension HTTPResponse {
  /// Whether it is meant for people, or does not say what it is and looks like it.
  fileprivate var isPage: Bool {
    MediaType.essence(headers["Content-Type"] ?? "").hasSuffix("html") || body.first { $0 > 0x20 } == UInt8(ascii: "<")
  }
}
