extension HTTPTransport {
  package struct Options: Sendable {
    /// The value of `User-Agent` where a request has none.
    package var userAgent: String
    /// Variables that are read: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` (and in lower case), `REQUEST_METHOD`,
    /// `SSL_CERT_FILE`, `SSL_CERT_DIR`, `TAGPIN_HTTP2`.
    package var environment: [String: String]
    /// Requests under way at once, over all hosts, at most.
    package var jobs = 128
    /// Whether https servers are offered HTTP/2: unless `TAGPIN_HTTP2=0` in the environment.
    package var offersHTTP2: Bool
    /// For name lookup, connection, proxy and TLS handshake together.
    package var connectTimeout: Duration = .seconds(10)
    /// For one try, from its start to the last byte of the answer.
    package var requestTimeout: Duration = .seconds(30)
    /// For connections to close when all is done.
    package var closeTimeout: Duration = .seconds(2)
    package var retry = RetryPolicy()
    /// How a host's rate is found; within `jobs` and `retry.budget`.
    package var pace = HostPace.Policy()
    /// What is particular to TLS with a host, by `host:port` or `host` (port 443).
    package var hosts: [String: HostTLS] = [:]
    /// Addresses of hosts, which are then not looked up: for tests.
    package var addresses: [String: String] = [:]
    /// Requests to loopback go through proxies, too: for tests, as `TAGPIN_PROXY_LOOPBACK=1` in the environment.
    package var proxiesLoopback: Bool
    /// Is given a line per try: method, URL without its query, status or error, duration. Never a header's value.
    package var log: (@Sendable (String) -> Void)?
    /// Is told of each time for which all requests to a host wait because it refused some.
    package var waits: (@Sendable (_ host: String, HostPace.Wait) -> Void)?
    /// Seconds since 1970.
    package var wallClock: @Sendable () -> Int64 = { WallClock.secondsSince1970() }

    package init(userAgent: String, environment: [String: String] = [:]) {
      self.userAgent = userAgent
      self.environment = environment
      proxiesLoopback = environment["TAGPIN_PROXY_LOOPBACK"] == "1"
      offersHTTP2 = environment["TAGPIN_HTTP2"] != "0"
    }

    /// For one try. A connection has a third of it, at least 10 s of it where it is as long; all tries of a request have three times as
    /// long.
    package mutating func setTimeout(seconds: Int) {
      requestTimeout = .seconds(seconds)
      connectTimeout = .seconds(max(min(10, seconds), seconds / 3))
      retry.budget = .seconds(3 * seconds)
    }
  }
}
