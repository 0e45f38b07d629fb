/// One request. It is sent as it is: nothing adds credentials to it, and redirects are not followed.
package struct HTTPRequest: Sendable {
  package enum Method: String, Sendable { case head = "HEAD", get = "GET", post = "POST" }

  package var method: Method
  /// Absolute, `http` or `https`, percent-encoded.
  package var url: HTTPURL
  /// In the order in which they are sent. `Host`, `Content-Length` and `User-Agent` are added by the transport.
  package var headers: HTTPFields
  package var body: [UInt8]
  /// More bytes than this in the answer's body are the error `bodyTooLarge`.
  package var maximumBodyByteCount: Int
  /// Whether it may be sent again where nobody knows what became of it: every method but POST, unless said otherwise.
  package var isIdempotent: Bool
  /// Sent once, without waiting, also to a host that limits requests: for the words of its refusal, which the answer then is.
  package var asksForRefusal = false
  /// Where the environment's proxies do not decide.
  package var proxy: ProxyChoice?
  /// Trusted beside the system's and the host's own.
  package var certificateAuthority: CertificateAuthority?
  /// Who named the URL, in a redirect or as its token service: the authorities that are known for it are trusted, too, as Docker and Podman
  /// do it. What it is shown to know us by, the other is not.
  package var namer: HTTPURL?
  /// A direct connection whose other end is nearer to this machine fails with `localAddress` before the first byte: for URLs that a server
  /// named. Through a proxy nobody knows the other end.
  package var nearest = Reach.machine
  /// What a user can do about the server, for messages.
  package var advice = Advice.registry

  /// What servers of a kind are given by their users, and where.
  package struct Advice: Hashable, Sendable {
    /// What names the certificate of an authority.
    package var authority: String
    /// What makes it plain http.
    package var plainHTTP: String
    /// What names a client certificate; nil where nothing does.
    package var clientCertificate: String?

    package init(authority: String, plainHTTP: String, clientCertificate: String? = nil) {
      self.authority = authority
      self.plainHTTP = plainHTTP
      self.clientCertificate = clientCertificate
    }

    package static let registry = Advice(
      authority: "'ca:' in the configuration", plainHTTP: "'insecure: true'",
      clientCertificate: "'client-certificate:' and 'client-key:' in the configuration")
  }

  package init(
    _ method: Method, _ url: HTTPURL, headers: HTTPFields = [:], body: [UInt8] = [], maximumBodyByteCount: Int = 4 << 20
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.maximumBodyByteCount = maximumBodyByteCount
    isIdempotent = method != .post
  }
}

/// The whole answer to a request.
package struct HTTPResponse: Sendable {
  package var status: Int
  package var headers: HTTPFields
  /// Empty for HEAD.
  package var body: [UInt8]
  /// The connection's other end; nil through a proxy.
  package var peerAddress: IPAddress?

  package init(status: Int, headers: HTTPFields = [:], body: [UInt8] = [], peerAddress: IPAddress? = nil) {
    self.status = status
    self.headers = headers
    self.body = body
    self.peerAddress = peerAddress
  }
}

/// Header fields in the order in which they came; a name may stand several times and is compared without regard to ASCII case.
package struct HTTPFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  package var fields: [Field]

  package struct Field: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { Field(name: $0.0, value: $0.1) }
  }

  package mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  /// Every value of that field, in order, not split at commas.
  package func values(_ name: String) -> [String] {
    let name = name.lowercased()
    return fields.filter { $0.name.lowercased() == name }.map(\.value)
  }

  /// The first value of that field.
  package subscript(name: String) -> String? { values(name).first }
}

/// Something that sends requests. Retries, Retry-After, concurrency per host, proxies and TLS are its business; what an answer means is
/// not.
package protocol HTTPSending: Sendable {
  /// One answer of any status, or why there is none.
  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}

/// Why a request got no answer that can be used.
package enum HTTPError: Error, Hashable, Sendable {
  /// The name of the host could not be looked up.
  case unknownHost(String)
  /// No connection: refused, unreachable, reset; with the system's words.
  case connection(host: String, reason: String)
  /// The TLS handshake failed: certificate not trusted, wrong name, protocol version.
  case tls(host: String, reason: String)
  /// The proxy refused or did not answer.
  case proxy(host: String, reason: String)
  /// The host's name leads to an address of this machine or its own network, where the request may not go.
  case localAddress(host: String)
  case timeout(host: String, seconds: Int)
  /// It speaks HTTP/2 and lets no request begin, for all of that time.
  case nothingAllowed(host: String, seconds: Int)
  /// Not asked, as so many requests in a row before this one got no answer at all within that time.
  case silent(host: String, seconds: Int, count: Int)
  /// The answer began and did not end within that time. More than one: not asked, as so many in a row before did not end.
  case unfinished(host: String, seconds: Int, count: Int = 1)
  case bodyTooLarge(host: String, limit: Int)
  /// 429 (or 503 with Retry-After) beyond what there is time to wait for; nil where the host named no time.
  case rateLimited(host: String, retryAfterSeconds: Int?)
  /// The answer is not HTTP, or broke off.
  case protocolViolation(host: String, reason: String)
  case cancelled
}

extension HTTPError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownHost(let host): "cannot look up the host '\(host)'"
    case .connection(let host, let reason): "cannot connect to \(host): \(reason)"
    case .tls(let host, let reason): "no trusted TLS connection to \(host): \(reason)"
    case .proxy(let host, let reason): "the proxy \(host) failed: \(reason)"
    case .localAddress(let host): "'\(host)' leads to an address of this machine or its own network, where a server may not send it"
    case .timeout(let host, let seconds): "\(host) did not answer within \(seconds) s; --timeout gives it longer"
    case .nothingAllowed(let host, let seconds):
      "\(host) let no request begin within \(seconds) s: it allows none at once over HTTP/2; TAGPIN_HTTP2=0 in the environment does without"
    case .silent(let host, let seconds, let count):
      "\(host) is silent: \(count) requests got no answer within \(seconds) s, so it is not asked again; --timeout gives it longer"
    case .unfinished(let host, let seconds, 1): "\(host) did not finish its answer within \(seconds) s; --timeout gives it longer"
    case .unfinished(let host, let seconds, let count):
      "\(host) does not finish its answers: \(count) in a row did not end within \(seconds) s, so it is not asked again; --timeout gives it longer"
    case .bodyTooLarge(let host, let limit): "\(host) sent more than \(limit) bytes"
    case .rateLimited(let host, let seconds?): "\(host) limits requests: try again after \(seconds) s"
    case .rateLimited(let host, nil): "\(host) limits requests: try again later, or log in"
    case .protocolViolation(let host, let reason): "\(host) gave no proper answer: \(reason)"
    case .cancelled: "cancelled"
    }
  }
}
