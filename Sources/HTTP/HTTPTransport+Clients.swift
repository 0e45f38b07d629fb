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
    var nearest: Reach

    /// Plain http goes to an http proxy as a request for an absolute URL; https and SOCKS through a tunnel.
    var isForwarded: Bool { origin == nil }
    var isSecure: Bool { origin?.scheme == .https }
    /// async-http-client then connects to the proxy as to a server, and `NewConnection` does the rest.
    var asksProxy: Bool { isForwarded || proxy?.kind == .https }
  }

  struct Client: Sendable {
    var http: HTTPClient
    var allowance: StreamAllowance
    /// nil where only HTTP/1.1 can come of it.
    var opening: FirstConnection?
  }

  /// How a URL is reached.
  struct Route {
    var proxy: Proxy?
    var key: ClientKey

    var isForwarded: Bool { key.isForwarded }
    var asksProxy: Bool { key.asksProxy }
  }

  func route(for request: HTTPRequest) throws(HTTPError) -> Route {
    let url = request.url
    let proxy = try proxies.proxy(for: url, choice: request.proxy)
    let isForwarded = url.scheme == .http && (proxy?.kind == .http || proxy?.kind == .https)
    var tls = HostTLS()
    if url.scheme == .https {
      tls = options.tls(host: url.host, port: url.effectivePort)
      if let namer = request.namer {
        tls.authorities += options.tls(host: namer.host, port: namer.effectivePort).authorities.filter { !tls.authorities.contains($0) }
      }
      if let authority = request.certificateAuthority { tls.authorities.append(authority) }
    }
    return Route(
      proxy: proxy,
      key: ClientKey(
        origin: isForwarded ? nil : url.origin, proxy: proxy, tls: tls, nearest: proxy == nil ? request.nearest : .machine))
  }

  /// The client for that key, made when it is first needed; nil after shutdown.
  func client(for key: ClientKey) throws(TLSSettingsError) -> Client? {
    let made: Result<Client?, TLSSettingsError> = state.withLock { state in
      if state.isShutDown { return .success(nil) }
      if let client = state.clients[key] { return .success(client) }
      return Result { () throws(TLSSettingsError) in
        let allowance = StreamAllowance()
        let opening = options.offersHTTP2 && key.isSecure && !key.asksProxy ? FirstConnection() : nil
        let configuration = try configuration(for: key, allowance, opening, in: &state)
        let client = Client(
          http: HTTPClient(eventLoopGroupProvider: .shared(Self.group), configuration: configuration), allowance: allowance,
          opening: opening)
        state.clients[key] = client
        return client
      }
    }
    return try made.get()
  }

  /// The only place where a client's configuration is made: none is without the check of new connections.
  private func configuration(
    for key: ClientKey, _ allowance: StreamAllowance, _ opening: FirstConnection?, in state: inout State
  ) throws(TLSSettingsError) -> HTTPClient.Configuration {
    // Reading certificates takes milliseconds that plain http need not spend.
    let tls = key.isSecure ? TLSSettings(host: key.tls, trust: try trust(in: &state)) : nil
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: try tls?.configuration(),
      redirectConfiguration: .disallow,
      timeout: .init(connect: options.connectTimeout.timeAmount),
      proxy: key.asksProxy ? nil : key.proxy?.forClient
    )
    let connection = NewConnection(
      secureProxy: try secureProxy(for: key, tls, in: &state), certifiedHost: key.isSecure ? key.origin?.host : nil,
      isDirect: key.proxy == nil, nearest: key.nearest, isForwarded: key.isForwarded, allowance: allowance,
      opening: opening)
    configuration.http1_1ConnectionDebugInitializer = connection.check
    configuration.http2ConnectionDebugInitializer = connection.checkHTTP2
    configuration.http2StreamChannelDebugInitializer = connection.prepareStream
    // Over TLS only. Not in a tunnel of `SecureProxy`, which async-http-client takes for plain http.
    configuration.httpVersion = options.offersHTTP2 ? .automatic : .http1Only
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, options.jobs)
    // Tries again until the connect timeout, and would hide why: trying again is our own business.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.dnsOverride = options.addresses
    configuration.tracing.tracer = nil
    return configuration
  }

  private func secureProxy(
    for key: ClientKey, _ tls: TLSSettings?, in state: inout State
  ) throws(TLSSettingsError) -> SecureProxy? {
    guard let proxy = key.proxy, proxy.kind == .https else { return nil }
    let host = options.tls(host: proxy.urlHost, port: proxy.port)
    let layer = SecureProxy.Layer(context: try TLSSettings(host: host, trust: try trust(in: &state)).context(), host: proxy.urlHost)
    var tunnel: SecureProxy.Tunnel?
    if let tls, let origin = key.origin {
      tunnel = SecureProxy.Tunnel(
        target: "\(origin.host):\(origin.port)", authorization: proxy.authorization,
        host: SecureProxy.Layer(context: try tls.context(), host: origin.host))
    }
    return SecureProxy(proxy: layer, tunnel: tunnel, timeout: options.connectTimeout.timeAmount)
  }

  private func trust(in state: inout State) throws(TLSSettingsError) -> TrustRoots {
    if let trust = state.trust { return trust }
    let trust = try TrustRoots(environment: options.environment) { options.log?($0) }
    state.trust = trust
    return trust
  }
}

extension HTTPTransport.Options {
  /// What is said about the host, which is as it is in a URL.
  func tls(host: String, port: Int) -> HostTLS {
    let named = hosts.first { name, _ in
      let name = name.lowercased()
      return name == "\(host):\(port)" || (port == 443 && name == host)
    }
    return named?.value ?? HostTLS()
  }
}

extension Proxy {
  /// nil for one over TLS, which the client does not know.
  fileprivate var forClient: HTTPClient.Configuration.Proxy? {
    switch kind {
    case .https: nil
    case .http: .server(host: host, port: port, authorization: user.map { .basic(username: $0, password: password ?? "") })
    case .socks5: .socksServer(host: host, port: port)
    }
  }

  /// The value of `Proxy-Authorization`; nil without a user.
  var authorization: String? {
    user.map { HTTPClient.Authorization.basic(username: $0, password: password ?? "").headerValue }
  }
}
