import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

extension HTTPTransport {
  /// What one client of async-http-client has in common: it takes proxy, TLS and the check of new connections from its configuration.
  struct ClientKey: Hashable {
    /// nil for plain http through an http proxy, where the proxy is the server, whatever the origin.
    var origin: HTTPURL.Origin?
    var proxy: Proxy?
    var tls: HostTLS
    var refusesLocalAddress: Bool

    /// Plain http goes to an http proxy as a request for an absolute URL; https and SOCKS through a tunnel.
    var isForwarded: Bool { origin == nil }
    var isSecure: Bool { origin?.scheme == .https }
  }

  /// How a URL is reached.
  struct Route {
    var proxy: Proxy?
    var key: ClientKey

    var isForwarded: Bool { key.isForwarded }
  }

  func route(for request: HTTPRequest) throws(HTTPError) -> Route {
    let url = request.url
    let proxy = try proxies.proxy(for: url, choice: request.proxy)
    let isForwarded = url.scheme == .http && proxy?.kind == .http
    var tls = HostTLS()
    if url.scheme == .https {
      tls = options.tls(for: url)
      if let authority = request.certificateAuthority { tls.authorities.append(authority) }
    }
    return Route(
      proxy: proxy,
      key: ClientKey(
        origin: isForwarded ? nil : url.origin, proxy: proxy, tls: tls, refusesLocalAddress: request.refusesLocalAddress && proxy == nil))
  }

  /// The client for that key, made when it is first needed; nil after shutdown.
  func client(for key: ClientKey) throws(TLSSettingsError) -> HTTPClient? {
    let made: Result<HTTPClient?, TLSSettingsError> = state.withLock { state in
      if state.isShutDown { return .success(nil) }
      if let client = state.clients[key] { return .success(client) }
      return Result { () throws(TLSSettingsError) in
        let configuration = try configuration(for: key, in: &state)
        let client = HTTPClient(eventLoopGroupProvider: .shared(Self.group(in: &state)), configuration: configuration)
        state.clients[key] = client
        return client
      }
    }
    return try made.get()
  }

  static func group(in state: inout State) -> MultiThreadedEventLoopGroup {
    if let group = state.group { return group }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    state.group = group
    return group
  }

  /// The only place where a client's configuration is made: none is without the check of new connections.
  private func configuration(for key: ClientKey, in state: inout State) throws(TLSSettingsError) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(
      // Reading certificates takes milliseconds that plain http need not spend.
      tlsConfiguration: key.isSecure ? try TLSSettings(host: key.tls, trust: trust(in: &state)).configuration() : nil,
      redirectConfiguration: .disallow,
      timeout: .init(connect: options.connectTimeout.timeAmount),
      proxy: key.isForwarded ? nil : key.proxy.map { $0.forClient }
    )
    let connection = NewConnection(
      certifiedHost: key.isSecure ? key.origin?.host : nil, isDirect: key.proxy == nil, refusesLocalAddress: key.refusesLocalAddress,
      isForwarded: key.isForwarded)
    configuration.http1_1ConnectionDebugInitializer = connection.check
    configuration.httpVersion = .http1Only
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, options.jobs)
    // Tries again until the connect timeout, and would hide why: trying again is our own business.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.tracing.tracer = nil
    return configuration
  }

  private func trust(in state: inout State) throws(TLSSettingsError) -> TrustRoots {
    if let trust = state.trust { return trust }
    let trust = try TrustRoots(environment: options.environment) { options.log?($0) }
    state.trust = trust
    return trust
  }
}

extension HTTPTransport.Options {
  /// What is said about the host of the URL, at its port.
  func tls(for url: HTTPURL) -> HostTLS {
    let named = hosts.first { name, _ in
      let name = name.lowercased()
      return name == "\(url.host):\(url.effectivePort)" || (url.effectivePort == 443 && name == url.host)
    }
    return named?.value ?? HostTLS()
  }
}

extension Proxy {
  fileprivate var forClient: HTTPClient.Configuration.Proxy {
    switch kind {
    case .http: .server(host: host, port: port, authorization: user.map { .basic(username: $0, password: password ?? "") })
    case .socks5: .socksServer(host: host, port: port)
    }
  }

  /// The value of `Proxy-Authorization`; nil without a user.
  var authorization: String? {
    user.map { HTTPClient.Authorization.basic(username: $0, password: password ?? "").headerValue }
  }
}
