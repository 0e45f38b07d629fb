import HTTP

/// How the requests for one repository say who asks. Whatever is secret goes to the origin of the repository's URL, and to no other.
struct HTTPLogin: Sendable {
  /// The repository's URL.
  let home: HTTPURL
  private let headers: [HTTPFields.Field]
  private let hasOwnAuthorization: Bool
  private let user: String?
  private let credentials: GitCredentials
  private let usesPath: Bool
  /// Whether anything secret may be sent there.
  private let isProtected: Bool

  private var current: GitCredential?
  private var refused: [GitCredential] = []
  private var hasBegun = false
  /// Whether the current one was not the first.
  private var hasRenewed = false
  /// Whether something secret was held back.
  private var isWithholding = false

  init(
    home: HTTPURL, settings: GitHTTPSettings, user: String?, password: Secret?, credentials: GitCredentials, usesPath: Bool
  ) {
    self.home = home
    self.user = user
    self.credentials = credentials
    self.usesPath = usesPath
    isProtected = home.scheme == .https || home.isLoopback
    // Any header that somebody adds by hand may be a secret.
    headers = isProtected ? settings.extraHeaders : []
    for header in headers { Secrets.addHeader(header.name, header.value) }
    hasOwnAuthorization = isProtected && settings.authorizes
    isWithholding = !isProtected && (password != nil || !settings.extraHeaders.isEmpty)
    if isProtected, let password { current = GitCredential(user: user ?? "", secret: password, source: "the URL") }
  }

  /// What the request says of who asks.
  mutating func authorize(_ request: inout HTTPRequest) async throws(GitCredentialError) {
    guard request.url.origin == home.origin else { return }
    if !hasBegun {
      hasBegun = true
      try await begin()
    }
    for field in headers where !(current != nil && field.name.lowercased() == "authorization") {
      request.headers.append(field.name, field.value)
    }
    if let current { request.headers.append("Authorization", current.basic) }
  }

  private mutating func begin() async throws(GitCredentialError) {
    guard current == nil, !hasOwnAuthorization else { return }
    let first = try await credentials.first(for: home, user: user, usesPath: usesPath)
    if isProtected { current = first } else if first != nil { isWithholding = true }
  }

  /// Whether a refused request should be sent again, with something else.
  mutating func renew(after url: HTTPURL) async throws(GitCredentialError) -> Bool {
    guard url.origin == home.origin, isProtected else { return false }
    if let current { refused.append(current) }
    guard let next = try await credentials.next(for: home, user: user, usesPath: usesPath, after: refused) else { return false }
    current = next
    hasRenewed = true
    return true
  }

  /// The server took what was sent.
  func settle() async {
    guard let current, hasRenewed else { return }
    await credentials.keep(current, for: home, user: user, usesPath: usesPath)
  }

  /// What is known of the request to that URL, for messages.
  func access(at url: HTTPURL) -> GitRemoteError.Access {
    if url.origin != home.origin { return .redirected(from: home.authority) }
    if let current { return .credential(source: current.source) }
    if hasOwnAuthorization { return .credential(source: "http.extraHeader of git's configuration") }
    return isWithholding ? .withheldFromPlainHTTP : .anonymous
  }
}
