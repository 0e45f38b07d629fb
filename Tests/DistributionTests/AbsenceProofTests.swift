import Distribution
import HTTP
import References
import Testing

/// Drives every answer that there can be through the client: no tag may be absent that was not proven to be.
@Suite struct AbsenceProofTests {
  /// Distribution specification, "Error Codes", those of distribution itself, and what registries are known to add.
  static let codes = [
    "BLOB_UNKNOWN", "BLOB_UPLOAD_INVALID", "BLOB_UPLOAD_UNKNOWN", "DIGEST_INVALID", "MANIFEST_BLOB_UNKNOWN", "MANIFEST_INVALID",
    "MANIFEST_UNKNOWN", "MANIFEST_UNVERIFIED", "NAME_INVALID", "NAME_UNKNOWN", "SIZE_INVALID", "TAG_INVALID", "UNAUTHORIZED", "DENIED",
    "UNSUPPORTED", "TOOMANYREQUESTS", "UNKNOWN", "UNAVAILABLE", "PAGINATION_NUMBER_INVALID", "RANGE_INVALID", "TAG_EXPIRED", "NOT_FOUND",
    "TAG_IMMUTABLE", "PRECONDITION", "PROJECTPOLICYVIOLATION", "QUOTA_EXCEEDED", "404", "Not Found", "",
  ]

  /// Of the codes above, with the message "words": Harbor's NOT_FOUND needs its own words.
  static let proofs: Set<String> = ["MANIFEST_UNKNOWN", "NAME_UNKNOWN", "TAG_EXPIRED"]

  struct Body: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var type: String?
    var text: String
    /// Whether a 404 with it proves that the tag does not exist.
    var isProof = false
  }

  static let bodies: [Body] =
    codes.map { Body(testDescription: $0, type: "application/json", text: Samples.errors($0, "words"), isProof: proofs.contains($0)) } + [
      Body(testDescription: "nothing", type: nil, text: ""),
      Body(testDescription: "empty JSON", type: "application/json", text: "{}"),
      Body(testDescription: "no errors", type: "application/json", text: #"{"errors":[]}"#),
      Body(testDescription: "errors of another kind", type: "application/json", text: #"{"errors":{"code":"MANIFEST_UNKNOWN"}}"#),
      Body(testDescription: "a code that is no text", type: "application/json", text: #"{"errors":[{"code":404}]}"#),
      Body(testDescription: "a code elsewhere", type: "application/json", text: #"{"code":"MANIFEST_UNKNOWN"}"#),
      Body(
        testDescription: "two codes", type: "application/json",
        text: #"{"errors":[{"code":"MANIFEST_UNKNOWN"},{"code":"UNAVAILABLE"}]}"#),
      Body(
        testDescription: "another type of manifest", type: "application/json",
        text: Samples.errors("MANIFEST_UNKNOWN", "OCI index found, but accept header does not support OCI indexes")),
      Body(testDescription: "half of it", type: "application/json", text: #"{"errors":[{"code":"MANIFEST_UNKNOWN","#),
      Body(testDescription: "more behind it", type: "application/json", text: Samples.errors("MANIFEST_UNKNOWN") + "x"),
      Body(testDescription: "a page", type: "text/html", text: "<html>404 MANIFEST_UNKNOWN</html>"),
      Body(testDescription: "a code in a page", type: "text/html", text: Samples.errors("MANIFEST_UNKNOWN")),
      Body(testDescription: "text", type: "text/plain", text: "MANIFEST_UNKNOWN"),
      Body(testDescription: "a list of tags", type: "application/json", text: #"{"name":"acme/app","tags":[]}"#),
      Body(testDescription: "a manifest", type: Samples.manifestType, text: Samples.manifest),
      Body(testDescription: "no type", type: nil, text: Samples.errors("MANIFEST_UNKNOWN"), isProof: true),
    ]

  /// Gives the tag's request one answer, and everything else another.
  private struct FixedSender: HTTPSending {
    var manifest: Result<HTTPResponse, HTTPError>
    var others: HTTPResponse

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
      request.url.path.contains("/manifests/") ? try manifest.get() : others
    }
  }

  private static func absence(_ manifest: Result<HTTPResponse, HTTPError>, others: HTTPResponse) async throws -> Bool {
    let client = RegistryClient(sender: FixedSender(manifest: manifest, others: others), credentials: FixedCredentials())
    do throws(RegistryError) {
      if case .absent = try await client.presence(
        of: ImageReference(name: ImageName(registry: "ghcr.io", repository: "a"), tag: Tag("1"), digest: nil))
      {
        return true
      }
      return false
    } catch {
      return false
    }
  }

  private static func response(_ status: Int, _ body: Body) -> HTTPResponse {
    HTTPResponse(status: status, headers: body.type.map { ["Content-Type": $0] } ?? [:], body: Array(body.text.utf8))
  }

  @Test(arguments: bodies)
  func `a tag is absent for no status but 404, and for no 404 that does not prove it`(_ body: Body) async throws {
    for status in 100...599 {
      // Where everything answers the same way, nothing but a code proves anything: a bare 404 does not where '/v2/' is bare, too.
      let same = Self.response(status, body)
      #expect(try await Self.absence(.success(same), others: same) == (status == 404 && body.isProof), "\(status)")
      guard status == 200 || (400..<500).contains(status) else { continue }
      // Where the rest of the registry is fine, a 404 without any body is one, too.
      let fine = HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: Array("{}".utf8))
      let isBare = body.text.isEmpty && body.type == nil
      #expect(try await Self.absence(.success(same), others: fine) == (status == 404 && (body.isProof || isBare)), "\(status)")
    }
  }

  @Test(
    arguments: [
      .unknownHost("ghcr.io"), .connection(host: "ghcr.io", reason: "refused"), .tls(host: "ghcr.io", reason: "not trusted"),
      .proxy(host: "proxy", reason: "407"), .timeout(host: "ghcr.io", seconds: 30), .bodyTooLarge(host: "ghcr.io", limit: 1),
      .rateLimited(host: "ghcr.io", retryAfterSeconds: 1), .rateLimited(host: "ghcr.io", retryAfterSeconds: nil),
      .protocolViolation(host: "ghcr.io", reason: "the connection ended in the middle of the answer"), .cancelled,
    ] as [HTTPError])
  func `a tag is not absent where there is no answer`(_ error: HTTPError) async throws {
    for body in Self.bodies {
      #expect(try await !Self.absence(.failure(error), others: Self.response(404, body)))
      #expect(try await !Self.absence(.failure(error), others: Self.response(200, body)))
    }
  }

  @Test(arguments: [200, 401, 403, 404, 500])
  func `nor is one whose registry speaks of a bare 404 in its own way`(_ status: Int) async throws {
    for body in Self.bodies where body.type == "text/html" || body.type == "text/plain" || body.text.isEmpty {
      let bare = HTTPResponse(status: 404, headers: [:], body: [])
      #expect(try await !Self.absence(.success(bare), others: Self.response(status, body)), "\(body)")
    }
  }
}
