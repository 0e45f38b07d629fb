import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

extension HTTPTransport {
  /// What one client of async-http-client has in common: it takes proxy and trust roots from its configuration.
  struct ClientKey: Hashable {
    var isSecure: Bool
    /// nil also for plain http through an http proxy, where the proxy is the server.
    var tunnel: Proxy?
    var isAbsoluteForm: Bool
    var certificateAuthority: CertificateAuthority?
  }

  /// How a URL is reached.
  struct Route {
    var proxy: Proxy?
    var key: ClientKey

    /// Plain http goes to an http proxy as a request for an absolute URL; https and SOCKS through a tunnel.
    var isAbsoluteForm: Bool { key.isAbsoluteForm }
  }

  func route(for request: HTTPRequest) throws(HTTPError) -> Route {
    let url = request.url
    let proxy = try proxies.proxy(for: url, choice: request.proxy)
    let isAbsoluteForm = url.scheme == .http && proxy?.kind == .http
    if let proxy, url.scheme == .https, url.ipAddress != nil {
      // The TLS library compares the certificate with the address of its socket's other end: the proxy.
      throw .proxy(
        host: proxy.authority, reason: "the certificate of an IP address cannot be checked through a proxy: add \(url.host) to NO_PROXY")
    }
    let certificateAuthority = url.scheme == .https ? request.certificateAuthority ?? certificateAuthority(for: url) : nil
    return Route(
      proxy: proxy,
      key: ClientKey(
        isSecure: url.scheme == .https, tunnel: isAbsoluteForm ? nil : proxy, isAbsoluteForm: isAbsoluteForm,
        certificateAuthority: certificateAuthority))
  }

  private func certificateAuthority(for url: HTTPURL) -> CertificateAuthority? {
    let named = options.certificateAuthorities.first { name, _ in
      let name = name.lowercased()
      return name == "\(url.host):\(url.effectivePort)" || (url.effectivePort == 443 && name == url.host)
    }
    return named.map { CertificateAuthority(path: $0.value, setting: "ca") }
  }

  /// The client for that key, made when it is first needed; nil after shutdown.
  func client(for key: ClientKey) throws(TrustRootsError) -> HTTPClient? {
    let made: Result<HTTPClient?, TrustRootsError> = state.withLock { state in
      if state.isShutDown { return .success(nil) }
      if let client = state.clients[key] { return .success(client) }
      return Result { () throws(TrustRootsError) in
        let client = HTTPClient(eventLoopGroupProvider: .shared(Self.group(in: &state)), configuration: try configuration(for: key))
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

  private func configuration(for key: ClientKey) throws(TrustRootsError) -> HTTPClient.Configuration {
    let trust = TrustRoots(environment: options.environment, certificateAuthority: key.certificateAuthority)
    var configuration = HTTPClient.Configuration(
      // Reading certificates takes milliseconds that plain http need not spend.
      tlsConfiguration: key.isSecure ? try trust.configuration() : nil,
      redirectConfiguration: .disallow,
      timeout: .init(connect: options.connectTimeout.timeAmount),
      proxy: key.tunnel.map { $0.forClient }
    )
    configuration.httpVersion = .http1Only
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, options.jobs)
    // Tries again until the connect timeout, and would hide why: trying again is our own business.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.tracing.tracer = nil
    if key.isAbsoluteForm { configuration.http1_1ConnectionDebugInitializer = AbsoluteFormHandler.add }
    return configuration
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

/// Makes `GET /path` on a connection to a proxy `GET http://host/path`, with the host of the `Host` header (RFC 9112 section 3.2.2).
/// async-http-client itself
/// only knows tunnels, which many proxies refuse for other ports than 443.
private final class AbsoluteFormHandler: ChannelOutboundHandler {
  typealias OutboundIn = HTTPClientRequestPart
  typealias OutboundOut = HTTPClientRequestPart

  @Sendable static func add(to channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.submit {
      let pipeline = channel.pipeline.syncOperations
      let encoder = try pipeline.context(handlerType: HTTPRequestEncoder.self).handler
      try pipeline.addHandler(AbsoluteFormHandler(), position: .after(encoder))
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .head(var head) = unwrapOutboundIn(data), let host = head.headers.first(name: "Host") else {
      return context.write(data, promise: promise)
    }
    head.uri = "http://\(host)\(head.uri)"
    context.write(wrapOutboundOut(.head(head)), promise: promise)
  }
}
