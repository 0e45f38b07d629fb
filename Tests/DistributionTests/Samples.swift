import Distribution
import HTTP
import References

/// Manifests, answers and references that the tests share.
enum Samples {
  static let manifestType = "application/vnd.oci.image.manifest.v1+json"
  static let indexType = "application/vnd.oci.image.index.v1+json"

  static func digest(_ text: String) -> Digest { Digest(of: Array(text.utf8)) }

  static let config = #"{"os":"linux","architecture":"arm64","variant":"v8"}"#
  static let manifest =
    #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"digest":"\#(digest(config))"},"layers":[]}"#
  static let armManifest = digest("arm")
  static let amdManifest = digest("amd")
  static let index = """
    {"schemaVersion":2,"mediaType":"\(indexType)","manifests":[
      {"mediaType":"\(manifestType)","digest":"\(digest("attestation"))","size":3,"platform":{"os":"unknown","architecture":"unknown"}},
      {"mediaType":"\(manifestType)","digest":"\(amdManifest)","size":1,"platform":{"os":"linux","architecture":"amd64"}},
      {"mediaType":"\(manifestType)","digest":"\(armManifest)","size":2,"platform":{"os":"linux","architecture":"arm64","variant":"v8"}}
    ]}
    """

  /// The header of a good answer.
  static func headers(_ digest: Digest, _ type: String = indexType) -> HTTPFields {
    ["Content-Type": type, "Docker-Content-Digest": "\(digest)", "Content-Length": "42"]
  }

  static func errors(_ code: String, _ message: String = "") -> String {
    #"{"errors":[{"code":"\#(code)","message":"\#(message)"}]}"#
  }

  static func token(_ text: String, expiresIn: Int = 300) -> String { #"{"token":"\#(text)","expires_in":\#(expiresIn)}"# }
}

/// Credentials of a test, by registry.
struct FixedCredentials: CredentialProviding {
  var credentials: [String: Credential]

  init(_ credentials: [String: Credential] = [:]) { self.credentials = credentials }

  func sourcedCredential(for registry: String, repository: String) async throws(CredentialError) -> SourcedCredential? {
    credentials[registry].map { SourcedCredential($0, source: "the test") }
  }

  func places(for registry: String, repository: String) async -> [String] { [] }
}

func reference(_ text: String) throws -> ImageReference { try ImageReference(parsing: text) }

extension RegistryClient {
  convenience init(
    _ sender: ScriptedSender, _ credentials: [String: Credential] = [:], registries: [RegistryConfiguration] = [],
    tokenServices: TokenServices = TokenServices()
  ) {
    self.init(sender: sender, credentials: FixedCredentials(credentials), registries: registries, tokenServices: tokenServices)
  }
}
