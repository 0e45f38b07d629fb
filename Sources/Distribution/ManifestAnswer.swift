import HTTP
import References

/// What answers to requests for a manifest say (distribution specification, "Pulling manifests" and "Checking if content exists in the
/// registry").
struct ManifestAnswer: Sendable {
  let response: HTTPResponse
  /// Who answered, after redirects.
  let host: String
  /// The digest that was asked for; nil if a tag was.
  let requested: Digest?

  private var contentType: String { response.headers["Content-Type"] ?? "" }
  private var writtenDigest: Digest? { response.headers["Docker-Content-Digest"].flatMap { Digest($0) } }

  /// The descriptor that the header of a 200 to HEAD gives; nil where it leaves a doubt that the body can settle: no digest or one of
  /// another algorithm than wanted, or no type that is known.
  func descriptor() throws(RegistryError) -> ResolvedManifest? {
    if MediaType.isSchema1(contentType) { throw .schema1(host: host) }
    guard let mediaType = MediaType(contentType: contentType), let digest = writtenDigest,
      digest.algorithm == requested?.algorithm ?? .sha256
    else { return nil }
    if let requested, digest != requested { throw .digestMismatch(host: host, expected: requested, actual: digest) }
    return ResolvedManifest(
      digest: digest, mediaType: mediaType, byteCount: response.headers["Content-Length"].flatMap { Int($0) },
      warnings: RegistryWarning.texts(response, host: host))
  }

  /// Whether GET may say more than this answer to HEAD did. 405 and 400 come from registries without HEAD; 403 and 404 are told apart by
  /// the body.
  var callsForGet: Bool { [200, 400, 403, 404, 405].contains(response.status) }

  /// The descriptor and the document of a 200 to GET, checked against its bytes.
  func manifest() throws(RegistryError) -> (ResolvedManifest, ManifestDocument) {
    let document = ManifestDocument(response.body)
    let type = MediaType(contentType: contentType)
    guard let document else { throw notAManifest(isManifest: type != nil) }
    let digest = Digest(of: response.body, requested?.algorithm ?? .sha256)
    if let requested, digest != requested { throw .digestMismatch(host: host, expected: requested, actual: digest) }
    var warnings = RegistryWarning.texts(response, host: host)
    if let writtenDigest, Digest(of: response.body, writtenDigest.algorithm) != writtenDigest {
      // By tag the field is not reliable: some registries give the one of another representation.
      if let requested { throw .digestMismatch(host: host, expected: requested, actual: writtenDigest) }
      warnings.append("\(host) named \(writtenDigest) for a manifest that is \(digest)")
    }
    if MediaType.isSchema1(contentType) || document.isSchema1 { throw .schema1(host: host) }
    let mediaType = try mediaType(type, document)
    return (ResolvedManifest(digest: digest, mediaType: mediaType, byteCount: response.body.count, warnings: warnings), document)
  }

  private func mediaType(_ type: MediaType?, _ document: ManifestDocument) throws(RegistryError) -> MediaType {
    guard let written = document.writtenMediaType else {
      guard let type = type ?? document.apparentMediaType else { throw notAManifest(isManifest: false) }
      return type
    }
    guard let own = MediaType(contentType: written), type == nil || type == own else {
      throw .mediaTypeMismatch(
        host: host, field: ServerText.shown(MediaType.essence(contentType)) ?? "", body: ServerText.shown(written) ?? "")
    }
    return own
  }

  /// A page for people, most often: of a proxy, or of a login.
  private func notAManifest(isManifest: Bool) -> RegistryError {
    let type = ServerText.shown(MediaType.essence(contentType)) ?? "nothing that is named"
    let message = isManifest ? "the manifest is not a JSON object" : "expected a manifest, got \(type)"
    return .unexpectedAnswer(host: host, status: response.status, code: nil, message: message)
  }
}
