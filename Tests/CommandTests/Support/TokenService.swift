import Crypto
import Foundation
import ServersForTests

/// A token service as docker-registry wants one (distribution, docs/content/spec/auth/jwt.md): its tokens are signed with a key that a
/// certificate vouches for.
struct TokenService: Sendable {
  private let key: P256.Signing.PrivateKey
  private let certificate: String
  private let certificatePath: String
  private let secrets: TestSecrets

  static let issuer = "test token service"
  static let service = "test registry"
  static let password = "t0ken-Passw0rd"

  init(in sandbox: Sandbox) async throws {
    secrets = sandbox.secrets
    let directory = "\(sandbox.root)/token-service"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    try await sandbox.program("openssl", in: directory).checked([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=token service",
      "-keyout",
      "key.pem", "-out", "certificate.pem",
    ])
    certificatePath = "\(directory)/certificate.pem"
    key = try P256.Signing.PrivateKey(pemRepresentation: sandbox.text("\(directory)/key.pem"))
    certificate = try sandbox.text(certificatePath).split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
  }

  /// The part of docker-registry's configuration that makes it believe this service's tokens.
  func settings(realm: String) -> String {
    """
    auth:
      token: {realm: "\(realm)", service: "\(Self.service)", issuer: "\(Self.issuer)", rootcertbundle: "\(certificatePath)"}
    """
  }

  /// Answers a request for a token. Without credentials it gives what `anonymous` allows; with wrong ones nothing.
  func reply(
    to request: ScriptedServer.Request, anonymous: Bool, login: String = "alice:\(password)"
  ) throws -> ScriptedServer.Reply {
    if let authorization = request[header: "Authorization"] {
      guard authorization == "Basic " + Data(login.utf8).base64EncodedString() else {
        return .error(401, "UNAUTHORIZED")
      }
    } else if !anonymous {
      return .error(401, "UNAUTHORIZED")
    }
    let parameters = URLComponents(string: "/?" + request.query)?.queryItems ?? []
    guard parameters.first(where: { $0.name == "service" })?.value == Self.service else { return .error(400, "UNSUPPORTED") }
    let access = parameters.filter { $0.name == "scope" }.compactMap(\.value).map { scope in
      let parts = scope.split(separator: ":").map(String.init)
      return ["type": parts[0], "name": parts[1], "actions": ["pull"]] as [String: Any]
    }
    let token = try token(access)
    secrets.add(token)
    return .json(200, "{\"token\": \"\(token)\", \"expires_in\": 300}")
  }

  private func token(_ access: [[String: Any]]) throws -> String {
    let now = Int(Date().timeIntervalSince1970)
    let header = try encoded(["typ": "JWT", "alg": "ES256", "x5c": [certificate]])
    let claims = try encoded([
      "iss": Self.issuer, "aud": Self.service, "sub": "", "exp": now + 300, "nbf": now - 60, "iat": now - 60, "jti": UUID().uuidString,
      "access": access,
    ])
    let signature = try key.signature(for: Data("\(header).\(claims)".utf8))
    return "\(header).\(claims).\(base64(signature.rawRepresentation))"
  }

  private func encoded(_ object: [String: Any]) throws -> String { base64(try JSONSerialization.data(withJSONObject: object)) }

  private func base64(_ data: Data) -> String {
    data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}
