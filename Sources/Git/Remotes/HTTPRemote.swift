import HTTP

/// One repository over http, asked by git's smart protocol (gitprotocol-http(5), gitprotocol-v2(5)).
struct HTTPRemote: Sendable {
  let transport: any HTTPSending
  let settings: GitHTTPSettings
  var login: HTTPLogin

  /// For about a million refs of usual names. With prefixes only those come; a server without protocol v2 sends all it has.
  static let maximumBodyByteCount = 64 << 20
  private static let maximumRedirects = 5
  private static let advice = HTTPRequest.Advice(authority: "http.sslCAInfo of git's configuration", plainHTTP: "'http://' in the URL")

  /// What a repository has, and how to go on from there.
  struct Listing {
    var references: RemoteReferences
    /// Where the server has the repository, after redirects.
    var base: HTTPURL
    /// How objects are fetched there.
    var service: FetchObjects.Service
  }

  mutating func references(_ prefixes: [String]) async throws(GitRemoteError) -> RemoteReferences {
    try await listing(prefixes).references
  }

  /// The command is sent without asking first what the server can do: one request, where git itself needs two.
  mutating func listing(_ prefixes: [String]) async throws(GitRemoteError) -> Listing {
    let home = login.home
    let answer = try await list(prefixes, at: home, objectFormat: nil)
    if Self.callsForAdvertisement(answer) { return try await askingFirst(prefixes) }
    return try listing(in: answer, from: home, objectFormat: nil)
  }

  /// A server without protocol v2 answers with nothing, as does one whose objects are not named by SHA-1; others want no POST at the old
  /// name of a repository, or none that they did not announce.
  private static func callsForAdvertisement(_ answer: HTTPResponse) -> Bool {
    switch answer.status {
    case 200: answer.body.isEmpty
    case 301, 302, 303, 307, 308, 404, 405, 415, 501: true
    default: false
    }
  }

  /// As git does it: what the server can do, then the command where it knows it.
  private mutating func askingFirst(_ prefixes: [String]) async throws(GitRemoteError) -> Listing {
    let (offer, base, isPlace) = try await offer()
    var listing: Listing
    switch offer {
    case .references(let all, let abilities):
      // Where nobody knows where a request would have to go, nothing can be fetched.
      listing = Listing(references: all, base: base, service: .v0(isPlace ? abilities : UploadAbilities()))
      listing.references.keep(prefixes)
    case .commands(let objectFormat, _):
      guard isPlace else { throw .redirectRefused(host: login.home.authority, .unusableLocation) }
      let answer = try await list(prefixes, at: base, objectFormat: objectFormat)
      listing = try self.listing(in: answer, from: base, objectFormat: objectFormat)
    }
    listing.references.renamedTo = RepositoryName.changed(from: login.home, to: base)
    return listing
  }

  /// What the server says that it can do, and where it has the repository. Where a redirect led to git, but not to its place in a
  /// repository, `isPlace` is false: nobody knows where a command would have to go.
  mutating func offer() async throws(GitRemoteError) -> (offer: Advertisement, base: HTTPURL, isPlace: Bool) {
    let (answer, url) = try await advertisement()
    let repository = url.removing("/info/refs")
    let base = repository ?? url
    try check(answer, at: base, contentType: "application/x-git-upload-pack-advertisement")
    let offer = try Self.reading(base) { () throws(ListingError) in try Advertisement(answer.body) }
    return (offer, base, repository != nil)
  }

  private func listing(in answer: HTTPResponse, from base: HTTPURL, objectFormat: String?) throws(GitRemoteError) -> Listing {
    try check(answer, at: base, contentType: "application/x-git-upload-pack-result")
    let references = try Self.reading(base) { () throws(ListingError) in
      try ListReferences.references(in: answer.body, objectFormat: objectFormat)
    }
    return Listing(references: references, base: base, service: .v2(objectFormat: objectFormat))
  }

  static func reading<Value>(
    _ base: HTTPURL, _ body: () throws(ListingError) -> Value
  ) throws(GitRemoteError) -> Value {
    do throws(ListingError) { return try body() } catch { throw .listing(host: base.authority, error) }
  }

  // MARK: Requests

  private mutating func list(_ prefixes: [String], at base: HTTPURL, objectFormat: String?) async throws(GitRemoteError) -> HTTPResponse {
    try await command(ListReferences.request(prefixes, objectFormat: objectFormat), at: base)
  }

  /// A command of protocol v2, or what the protocols before it have in its place.
  mutating func command(_ body: [UInt8], at base: HTTPURL, isV2: Bool = true) async throws(GitRemoteError) -> HTTPResponse {
    var request = HTTPRequest(
      .post, base.appending("/git-upload-pack"),
      headers: [
        "Content-Type": "application/x-git-upload-pack-request", "Accept": "application/x-git-upload-pack-result",
      ],
      body: body, maximumBodyByteCount: Self.maximumBodyByteCount)
    if isV2 { request.headers.append("Git-Protocol", "version=2") }
    // It changes nothing.
    request.isIdempotent = true
    return try await send(request)
  }

  /// What that service of git says first, and the URL that gave it. `headers` are sent along.
  mutating func advertisement(
    of service: String = "git-upload-pack", headers: [HTTPFields.Field] = []
  ) async throws(GitRemoteError) -> (HTTPResponse, HTTPURL) {
    var url = login.home.appending("/info/refs")
    url.query = "service=\(service)"
    var followed = 0
    /// Who was asked first, and who redirected last.
    var origin: NamingServer?
    var redirector = url
    while true {
      var request = HTTPRequest(
        .get, url, headers: ["Accept": "application/x-\(service)-advertisement", "Git-Protocol": "version=2"],
        maximumBodyByteCount: Self.maximumBodyByteCount)
      request.headers.fields += headers
      let answer = try await send(origin?.restricted(request) ?? request, namedBy: redirector)
      let first = origin ?? NamingServer(login.home, peer: answer.peerAddress)
      origin = first
      switch Redirect(answer, from: url, origin: first, followed: followed, limit: Self.maximumRedirects) {
      case nil: return (answer, url)
      case .refuse(let refusal): throw .redirectRefused(host: url.authority, refusal)
      case .follow(let target):
        redirector = url
        url = target
        followed += 1
      }
    }
  }

  private mutating func send(_ request: HTTPRequest, namedBy redirector: HTTPURL) async throws(GitRemoteError) -> HTTPResponse {
    do throws(GitRemoteError) {
      return try await send(request)
    } catch {
      guard case .network(.localAddress(let host)) = error else { throw error }
      throw .redirectRefused(host: redirector.authority, .localAddress(host))
    }
  }

  /// Sends a request, again for as long as it is refused and there is another credential.
  mutating func send(_ request: HTTPRequest) async throws(GitRemoteError) -> HTTPResponse {
    while true {
      var authorized = request
      // Git's configuration is about the URL that was asked for first.
      authorized.proxy = settings.proxy
      authorized.certificateAuthority = settings.certificateAuthority
      authorized.advice = Self.advice
      do throws(GitCredentialError) { try await login.authorize(&authorized) } catch { throw .credential(error) }
      let answer: HTTPResponse
      do throws(HTTPError) { answer = try await transport.send(authorized) } catch { throw GitRemoteError(error) }
      if answer.status == 200 { await login.settle() }
      guard answer.status == 401 else { return answer }
      do throws(GitCredentialError) {
        guard try await login.renew(after: request.url) else { return answer }
      } catch { throw .credential(error) }
    }
  }

  // MARK: Answers

  /// Everything but the listing that was asked for is an error.
  func check(_ answer: HTTPResponse, at base: HTTPURL, contentType: String) throws(GitRemoteError) {
    let host = base.authority
    switch answer.status {
    case 200: break
    case 401, 404: throw .notFoundOrNoAccess(host: host, status: answer.status, login.access(at: base))
    case 403: throw .denied(host: host, message: message(of: answer), login.access(at: base))
    case 429:
      throw .rateLimited(host: host, retryAfterSeconds: RetryAfter.seconds(in: answer.headers).flatMap { $0 > 0 ? $0 : nil })
    default: throw .unexpectedStatus(host: host, status: answer.status, message: message(of: answer))
    }
    let type = answer.headers["Content-Type"]?.prefix { $0 != ";" }.lowercased()
    guard type == contentType else {
      if Self.isDumb(answer.body) { throw .dumbProtocol(host: host) }
      throw .notGit(host: host, contentType: type.flatMap { ServerText.shown($0) })
    }
  }

  /// The server's words, where they are words and not a page.
  private func message(of answer: HTTPResponse) -> String? {
    guard answer.headers["Content-Type"]?.lowercased().hasPrefix("text/plain") == true else { return nil }
    return ServerText.shown(String(decoding: answer.body, as: UTF8.self))
  }

  /// The file `info/refs` of a repository, which 'git update-server-info' writes: an object, a tab, a name.
  private static func isDumb(_ body: [UInt8]) -> Bool {
    guard let tab = body.prefix(65).firstIndex(of: 0x09), tab == 40 || tab == 64 else { return false }
    return body[..<tab].allSatisfy { hexValue($0) != nil } && body[(tab + 1)...].starts(with: "refs/".utf8)
  }
}
