import Distribution
import HTTP
import Synchronization
import Testing

/// Which token services a registry may have asked, and what they may be told.
@Suite struct RealmTests {
  static let password = "hunter22-of-the-realm"
  static let allowing = TokenServices(allowing: ["a.test": ["sso.test", "10.0.0.9"]])

  static func refusal(_ realm: String, by registry: String, peer: String? = nil) throws -> TokenServices.Refusal? {
    allowing.refusal(
      of: try HTTPURL(parsing: realm), namedBy: NamingServer(try HTTPURL(parsing: registry), peer: peer.flatMap { IPAddress($0) }))
  }

  @Test(
    arguments: [
      ("https://ghcr.io", nil, "https://ghcr.io/token"), ("https://ghcr.io", nil, "https://elsewhere.test/token"),
      // GitLab has its registry on port 5050 of its own host, which may be a private one.
      ("https://gitlab.acme.test:5050", "10.0.0.5", "https://gitlab.acme.test/jwt/auth"),
      ("https://10.0.0.5:5050", nil, "https://10.0.0.5/jwt/auth"), ("https://127.0.0.1:5000", nil, "https://127.0.0.1:5001/token"),
      ("https://r.localhost:5000", nil, "https://127.0.0.1:5001/token"),
      // One of a private network may have its token service there, by address or by name.
      ("https://registry.corp.test", "10.0.0.5", "https://192.168.7.7/token"), ("http://10.0.0.5", nil, "http://10.0.0.6/token"),
      ("http://127.0.0.1:5000", nil, "http://127.0.0.1:5001/token"), ("http://127.0.0.1:5000", nil, "http://169.254.1.1/token"),
      ("http://10.0.0.5", nil, "https://sso.test/token"),
      // The user allows it.
      ("https://a.test", nil, "http://sso.test/token"), ("https://a.test", nil, "https://10.0.0.9/token"),
    ] as [(String, String?, String)])
  func `asks`(_ registry: String, _ peer: String?, _ realm: String) throws {
    #expect(try Self.refusal(realm, by: registry, peer: peer) == nil)
  }

  @Test(
    arguments: [
      ("https://ghcr.io", nil, "http://ghcr.io/token", .plainHTTP), ("https://ghcr.io", nil, "http://127.0.0.1:9090/x", .plainHTTP),
      ("https://127.0.0.1", nil, "http://127.0.0.1:9090/x", .plainHTTP), ("https://ghcr.io", nil, "http://169.254.169.254/x", .plainHTTP),
      ("https://ghcr.io", nil, "https://127.0.0.1:9090/x", .localAddress), ("https://ghcr.io", nil, "https://localhost/x", .localAddress),
      ("https://ghcr.io", nil, "https://r.localhost/x", .localAddress), ("https://ghcr.io", nil, "https://[::1]/x", .localAddress),
      ("https://ghcr.io", nil, "https://10.0.0.1/x", .localAddress), ("https://ghcr.io", nil, "https://[fd00::1]/x", .localAddress),
      ("https://ghcr.io", nil, "https://[::ffff:169.254.169.254]/x", .localAddress),
      ("http://registry.acme.test", nil, "http://169.254.169.254/x", .localAddress),
      // Never nearer than the registry.
      ("https://10.0.0.5", nil, "https://127.0.0.1/x", .localAddress), ("http://10.0.0.5", nil, "http://169.254.169.254/x", .localAddress),
      ("https://registry.corp.test", "10.0.0.5", "https://localhost/x", .localAddress),
      ("http://169.254.1.1", nil, "http://127.0.0.1/x", .localAddress),
      // Another registry's token service.
      ("https://b.test", nil, "http://sso.test/token", .plainHTTP),
    ] as [(String, String?, String, TokenServices.Refusal)])
  func `refuses`(_ registry: String, _ peer: String?, _ realm: String, _ expected: TokenServices.Refusal) throws {
    #expect(try Self.refusal(realm, by: registry, peer: peer) == expected)
  }

  // MARK: On the wire

  /// A world of servers that all want a token, say back what they get, and keep what they got. Names lead to addresses as in the table;
  /// what refuses local addresses gets none of them.
  final class World: HTTPSending {
    private let received = Mutex<[HTTPRequest]>([])
    let challenge: String
    let redirect: String?
    let addresses: [String: String]

    init(challenge: String, redirect: String? = nil, addresses: [String: String] = [:]) {
      self.challenge = challenge
      self.redirect = redirect
      self.addresses = addresses
    }

    var requests: [HTTPRequest] { received.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
      let peer = request.url.ipAddress ?? IPAddress(addresses[request.url.host] ?? "192.0.2.1")
      if let peer, peer.reach < request.nearest { throw .localAddress(host: request.url.authority) }
      received.withLock { $0.append(request) }
      var response = HTTPResponse(status: 401, headers: ["WWW-Authenticate": challenge], peerAddress: peer)
      if request.url.path.hasSuffix("/token") {
        response.status = 200
        response.body = Array(#"{"token":"secret-of-\#(request.url.host)"}"#.utf8)
      } else if let field = request.headers["Authorization"] {
        response.status = 403
        response.headers = ["Content-Type": "application/json"]
        response.body = Array(Samples.errors("DENIED", "you sent \(field)").utf8)
      } else if let redirect, request.url.path.hasPrefix("/v2/"), request.url.host == "registry.test" {
        response.status = 307
        response.headers = ["Location": redirect]
      }
      return response
    }

    /// Whether a server of that host was sent the user's password, in whatever form.
    func gotPassword(_ request: HTTPRequest) -> Bool {
      let login = Base64.encode("me:\(RealmTests.password)".utf8)
      let text = "\(request.url) \(request.headers.fields) \(String(decoding: request.body, as: UTF8.self))"
      return text.contains(login) || text.contains(RealmTests.password)
    }
  }

  static let hosts = [
    "registry.test", "registry.test:8443", "other.test", "127.0.0.1:9090", "localhost:9090", "169.254.169.254", "10.0.0.1", "loops.test",
    "private.test",
  ]
  static let addresses = ["loops.test": "127.0.0.1", "private.test": "10.1.1.1", "localhost": "127.0.0.1"]

  @Test(arguments: ["https", "http"], hosts)
  func `no realm sees a secret that is not the registry's own host, and none that is local is asked`(_ scheme: String, _ host: String)
    async throws
  {
    let world = World(challenge: #"Bearer realm="\#(scheme)://\#(host)/token",service="s""#, addresses: Self.addresses)
    let client = RegistryClient(
      sender: world, credentials: FixedCredentials(["registry.test": .password(user: "me", Secret(Self.password))]))
    let reference = try reference("registry.test/team/app:1")
    let error = await #expect(throws: RegistryError.self) { try await client.resolve(reference) }
    let isOwn = scheme == "https" && host.hasPrefix("registry.test")
    let isAsked = isOwn || scheme == "https" && host == "other.test"
    for request in world.requests {
      let isRegistry = request.url.host == "registry.test" && request.url.scheme == .https
      #expect(isRegistry || isAsked, "\(request.url)")
      #expect(!world.gotPassword(request) || isOwn && request.url.path == "/token", "\(request.url)")
      // Nothing of a refused realm's answer reaches the registry.
      if let field = request.headers["Authorization"], request.url.path.hasPrefix("/v2/") {
        #expect(isAsked && field.hasPrefix("Bearer secret-of-"))
      }
    }
    if !isAsked {
      guard case .realmRefused("registry.test", let realm, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(realm.authority == host)
      #expect("\(error.map { "\($0)" } ?? "")".contains("token-services: ['\(realm.host)']"))
    }
    #expect(error.map { "\($0)" }?.contains("secret-of-") == false)
  }

  @Test(arguments: ["https", "http"], hosts)
  func `no redirect's target sees a secret, and none that is local is asked`(_ scheme: String, _ host: String) async throws {
    let target = "\(scheme)://\(host)/\(host == "registry.test" ? "elsewhere" : "v2")/team/app/manifests/1"
    let world = World(challenge: "Basic realm=x", redirect: target, addresses: Self.addresses)
    let client = RegistryClient(
      sender: world,
      credentials: FixedCredentials(
        Dictionary(uniqueKeysWithValues: Self.hosts.dropFirst().map { ($0, Credential.password(user: "me", Secret(Self.password))) })))
    let reference = try reference("registry.test/team/app:1")
    await #expect(throws: RegistryError.self) { try await client.resolve(reference) }
    for request in world.requests {
      #expect(!world.gotPassword(request), "\(request.url)")
      let isAsked = scheme == "https" && (host.hasPrefix("registry.test") || host == "other.test")
      #expect(request.url.host == "registry.test" && request.url.path.hasPrefix("/v2/") || isAsked, "\(request.url)")
    }
  }

  @Test(arguments: ["https://mirror.test/hub", "http://mirror.test/hub"])
  func `a mirror's password is the mirror's, and the registry's the registry's`(_ mirror: String) async throws {
    let world = World(challenge: #"Bearer realm="https://registry.test/token",service="s""#)
    let client = RegistryClient(
      sender: world, credentials: FixedCredentials(["registry.test": .password(user: "me", Secret(Self.password))]),
      registries: [try RegistryConfiguration(prefix: "registry.test", mirrors: [mirror], isTrusted: true)])
    let reference = try reference("registry.test/team/app:1")
    await #expect(throws: RegistryError.self) { try await client.resolve(reference) }
    #expect(world.requests.contains { $0.url.host == "mirror.test" })
    for request in world.requests where world.gotPassword(request) {
      #expect(request.url.host == "registry.test" && request.url.path == "/token")
    }
  }

  @Test func `a registry of a private network has a token service of its network asked, by name, and no nearer one`() async throws {
    for (realm, isAsked) in [("sso.test", true), ("loops.test", false), ("public.test", true)] {
      let world = World(
        challenge: #"Bearer realm="https://\#(realm)/token",service="s""#,
        addresses: ["registry.test": "10.0.0.5", "sso.test": "10.0.0.6", "loops.test": "127.0.0.1"])
      let client = RegistryClient(sender: world, credentials: FixedCredentials())
      let reference = try reference("registry.test/team/app:1")
      await #expect(throws: RegistryError.self) { try await client.resolve(reference) }
      #expect(world.requests.contains { $0.url.host == realm } == isAsked)
      #expect(world.requests.contains { $0.headers["Authorization"] == "Bearer secret-of-\(realm)" } == isAsked)
    }
  }

  @Test func `no credential helper is asked for a realm that is refused`() async throws {
    struct Asked: CredentialProviding {
      func sourcedCredential(for registry: String, repository: String) async throws(CredentialError) -> SourcedCredential? {
        Issue.record("asked for \(registry)")
        return nil
      }

      func places(for registry: String, repository: String) async -> [String] { [] }
    }
    let world = World(challenge: #"Bearer realm="https://127.0.0.1/token",service="s""#)
    let client = RegistryClient(sender: world, credentials: Asked())
    let reference = try reference("registry.test/team/app:1")
    let error = await #expect(throws: RegistryError.self) { try await client.resolve(reference) }
    guard case .realmRefused = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `the front door of a redirect's target is no nearer than the target may be`() async throws {
    // The first answer of the other host comes from the world, and has no challenge; then its name leads to this machine.
    let sender = RebindingSender()
    let client = RegistryClient(sender: sender, credentials: FixedCredentials())
    let reference = try reference("registry.test/team/app:1")
    let error = await #expect(throws: RegistryError.self) { try await client.resolve(reference) }
    #expect(error == .redirectRefused(host: "registry.test", .localAddress("other.test")))
    #expect(sender.pings == [true])
  }

  private final class RebindingSender: HTTPSending {
    private let seen = Mutex<[Bool]>([])

    /// Whether each ping refuses local addresses.
    var pings: [Bool] { seen.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
      let world = IPAddress("192.0.2.1")
      if request.url.host == "registry.test" {
        return HTTPResponse(status: 307, headers: ["Location": "https://other.test/v2/a/manifests/1"], peerAddress: world)
      }
      guard request.url.path == "/v2/" else { return HTTPResponse(status: 401, peerAddress: world) }
      seen.withLock { $0.append(request.nearest == .world) }
      if request.nearest == .world { throw .localAddress(host: request.url.authority) }
      return HTTPResponse(status: 401, headers: ["WWW-Authenticate": "Basic realm=x"], peerAddress: IPAddress("127.0.0.1"))
    }
  }
}
