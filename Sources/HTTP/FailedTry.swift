import AsyncHTTPClient
import LibC
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// Why a try gave no answer, and what that means for another one.
struct FailedTry: Error {
  var error: HTTPError
  var outcome: RetrySchedule.Outcome
  /// The host wants to be asked less, as with 429.
  var isLimit = false
  /// The connection broke that others used, too, and any of them may be the cause.
  var isShared = false

  init(_ error: HTTPError, _ outcome: RetrySchedule.Outcome) {
    self.error = error
    self.outcome = outcome
  }

  /// What it shows of the host. Of what may pass, the last try only.
  func sign(isLast: Bool) -> HostHealth.Sign {
    switch (error, outcome) {
    case (.timeout(let host, let seconds), _), (.nothingAllowed(let host, let seconds), _): .silence(host: host, seconds: seconds)
    case (.unfinished(let host, let seconds, _), _): .unfinished(host: host, seconds: seconds)
    case (_, .transientFailure(wasSent: true)): .none
    case (.connection, _) where isLast, (.unknownHost, _) where isLast, (.tls, _) where isLast, (.proxy, _) where isLast:
      .unreachable(error)
    default: .none
    }
  }

  static let cancelled = FailedTry(.cancelled, .permanentFailure)

  static func proxyWantsCredentials(_ proxy: Proxy) -> FailedTry {
    let reason = proxy.user == nil ? "it wants a user name and a password (407)" : "it does not accept the user name and password (407)"
    return FailedTry(.proxy(host: proxy.authority, reason: reason), .permanentFailure)
  }
}

extension HTTPTransport {
  /// What had not come yet when a try failed.
  enum Milestone { case head, end }

  /// The meaning of an error of async-http-client, NIO or the TLS library. Their own texts are not shown: they can hold headers.
  func failure(_ error: any Error, before milestone: Milestone, of request: HTTPRequest, over route: Route) async -> FailedTry {
    let peer = Peer(name: request.url.host, host: request.url.authority, proxy: route.proxy)
    switch error {
    case is CancellationError: return .cancelled
    case let error as HTTPClientError: return failure(error, before: milestone, peer)
    case let error as NIOConnectionError: return connectionFailure(error, peer)
    case let error as SocketAddressError.UnknownHost: return lookupFailure(error, peer)
    case let error as IOError: return systemFailure(error.errnoCode, peer)
    case HTTPParserError.invalidEOFState: return closed(before: milestone, peer, wasSent: true)
    case HTTPParserError.headerOverflow:
      return FailedTry(.protocolViolation(host: peer.host, reason: "its headers are too many or too long"), .permanentFailure)
    case is HTTPParserError:
      return FailedTry(.protocolViolation(host: peer.host, reason: "it does not speak HTTP/1.1"), .permanentFailure)
    case let error as UntrustedProxy: return untrusted(error.underlying, peer)
    case let error as RefusedConnection: return refusal(error, peer)
    case let error as BrokenStream: return brokenStream(error, before: milestone, peer)
    case let error as UnusableAnswer: return FailedTry(.protocolViolation(host: peer.host, reason: error.reason), .permanentFailure)
    default: break
    }
    if let failure = TLSFailure(error) {
      switch failure {
      case .closed: return closed(before: milestone, peer, wasSent: milestone == .end)
      case .untrusted:
        let reason = await untrustedReason(of: request, over: route)
        return FailedTry(.tls(host: peer.host, reason: reason), .permanentFailure)
      case .plainHTTP:
        let reason = "it does not speak TLS on this port: plain http needs \(request.advice.plainHTTP)"
        return FailedTry(.tls(host: peer.host, reason: reason), .permanentFailure)
      case .wantsClientCertificate:
        let reason = clientCertificateReason(of: request, over: route)
        return FailedTry(.tls(host: peer.host, reason: reason), .permanentFailure)
      case .other(let reason): return FailedTry(.tls(host: peer.host, reason: reason), .permanentFailure)
      }
    }
    // What is left are NIO's ways to say that the connection is gone; one of them, that it went before the request of HTTP/2 came.
    var failure = closed(before: milestone, peer, wasSent: true)
    if case ChannelError.ioOnClosedChannel = error { failure.isShared = true }
    return failure
  }

  private func brokenStream(_ error: BrokenStream, before milestone: Milestone, _ peer: Peer) -> FailedTry {
    var failure: FailedTry
    switch error {
    case .refused:
      failure = FailedTry(.connection(host: peer.host, reason: "it refuses the request for now"), .transientFailure(wasSent: false))
    case .limited:
      failure = FailedTry(.rateLimited(host: peer.host, retryAfterSeconds: nil), .transientFailure(wasSent: true))
      failure.isLimit = true
    case .wantsHTTP1:
      let reason = "it does not answer this over HTTP/2: set TAGPIN_HTTP2=0 in the environment"
      failure = FailedTry(.protocolViolation(host: peer.host, reason: reason), .permanentFailure)
    case .reset: failure = closed(before: milestone, peer, wasSent: true)
    case .lost(let isBroken, let isShared):
      failure = closed(before: milestone, peer, wasSent: true)
      if isBroken { failure.error = .protocolViolation(host: peer.host, reason: UnusableAnswer.malformed.reason) }
      failure.isShared = isShared
    }
    return failure
  }

  private func refusal(_ error: RefusedConnection, _ peer: Peer) -> FailedTry {
    switch error {
    case .wrongName(let names): FailedTry(.tls(host: peer.host, reason: names.refusal(of: peer.name)), .permanentFailure)
    case .localAddress: FailedTry(.localAddress(host: peer.host), .permanentFailure)
    }
  }

  /// What went wrong in TLS with the proxy.
  private func untrusted(_ error: any Error, _ peer: Peer) -> FailedTry {
    let reason: String
    switch (error as? RefusedConnection, TLSFailure(error)) {
    case (.wrongName(let names), _): reason = names.refusal(of: peer.proxy?.urlHost ?? "")
    case (_, .untrusted):
      reason =
        "its certificate is not signed by an authority known here, or is out of date: name the authority's certificate with SSL_CERT_FILE"
    case (_, .plainHTTP): reason = "it does not speak TLS on this port: write 'http://' in the proxy's address"
    case (_, .wantsClientCertificate): reason = "it wants a client certificate, which is not supported for proxies"
    case (_, .other(let other)): reason = other
    default: return FailedTry(peer.connection("it closed the connection in the handshake of TLS"), .transientFailure(wasSent: false))
    }
    return FailedTry(peer.connection("no trusted TLS connection: \(reason)"), .permanentFailure)
  }

  private func clientCertificateReason(of request: HTTPRequest, over route: Route) -> String {
    if let shown = route.key.tls.clientCertificate {
      return "it does not accept the client certificate '\(shown.certificatePath)' (\(shown.setting))"
    }
    guard let setting = request.advice.clientCertificate else { return "it wants a client certificate, which is not supported here" }
    return "it wants a client certificate: name yours with \(setting)"
  }

  struct Peer {
    var name: String
    /// With the port, where it is not the scheme's own.
    var host: String
    var proxy: Proxy?

    /// A failure to connect is the proxy's, where there is one.
    func connection(_ reason: String) -> HTTPError {
      if let proxy { .proxy(host: proxy.authority, reason: reason) } else { .connection(host: host, reason: reason) }
    }
  }

  private func failure(_ error: HTTPClientError, before milestone: Milestone, _ peer: Peer) -> FailedTry {
    switch error {
    // The library's word, too, for a connection of HTTP/2 that the server ended just before the request.
    case .cancelled where !Task.isCancelled && !state.withLock({ $0.isShutDown }):
      var failure = closed(before: milestone, peer, wasSent: false)
      failure.isShared = true
      return failure
    case .cancelled, .alreadyShutdown: return .cancelled
    case .connectTimeout where peer.proxy != nil, .getConnectionFromPoolTimeout where peer.proxy != nil, .httpProxyHandshakeTimeout,
      .socksHandshakeTimeout:
      let reason = "no connection to \(peer.host) within \(options.connectTimeout.wholeSeconds) s"
      return FailedTry(peer.connection(reason), .transientFailure(wasSent: false))
    case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
      return FailedTry(.timeout(host: peer.host, seconds: options.connectTimeout.wholeSeconds), .transientFailure(wasSent: false))
    case .deadlineExceeded, .readTimeout, .writeTimeout:
      return FailedTry(.timeout(host: peer.host, seconds: options.requestTimeout.wholeSeconds), .permanentFailure)
    case .proxyAuthenticationRequired:
      guard let proxy = peer.proxy else { break }
      return .proxyWantsCredentials(proxy)
    case .invalidProxyResponse:
      return FailedTry(peer.connection("it refuses a connection to \(peer.host)"), .transientFailure(wasSent: false))
    case .remoteConnectionClosed: return closed(before: milestone, peer, wasSent: true)
    default: break
    }
    return FailedTry(.protocolViolation(host: peer.host, reason: error.shortDescription.lowercased()), .permanentFailure)
  }

  private func closed(before milestone: Milestone, _ peer: Peer, wasSent: Bool) -> FailedTry {
    let error: HTTPError =
      switch milestone {
      case .head: .connection(host: peer.host, reason: "it closed the connection without an answer")
      case .end: .protocolViolation(host: peer.host, reason: "the connection ended in the middle of the answer")
      }
    return FailedTry(error, .transientFailure(wasSent: wasSent))
  }

  private func connectionFailure(_ error: NIOConnectionError, _ peer: Peer) -> FailedTry {
    if let failed = error.connectionErrors.last {
      if let error = failed.error as? IOError { return systemFailure(error.errnoCode, peer, isConnecting: true) }
      return FailedTry(.timeout(host: peer.host, seconds: options.connectTimeout.wholeSeconds), .transientFailure(wasSent: false))
    }
    let lookups = [error.dnsAError, error.dnsAAAAError].compactMap { $0 as? SocketAddressError.UnknownHost }
    guard let lookup = lookups.first(where: { $0.errorCode == Int(EAI_AGAIN) }) ?? lookups.first else {
      return FailedTry(.timeout(host: peer.host, seconds: options.connectTimeout.wholeSeconds), .transientFailure(wasSent: false))
    }
    return lookupFailure(lookup, peer)
  }

  private func lookupFailure(_ error: SocketAddressError.UnknownHost, _ peer: Peer) -> FailedTry {
    FailedTry(
      peer.proxy == nil ? .unknownHost(peer.name) : peer.connection("its name cannot be looked up"),
      error.errorCode == Int(EAI_AGAIN) ? .transientFailure(wasSent: false) : .permanentFailure)
  }

  private func systemFailure(_ code: CInt, _ peer: Peer, isConnecting: Bool = false) -> FailedTry {
    let reason = systemMessage(code)
    switch code {
    case ETIMEDOUT: return FailedTry(peer.connection(reason), .transientFailure(wasSent: false))
    // Connections that are idle now are closed soon.
    case EMFILE, ENFILE:
      let reason = "\(reason) in this process: raise 'ulimit -n', or lower --jobs"
      return FailedTry(peer.connection(reason), .transientFailure(wasSent: false))
    case ECONNRESET, EPIPE, ECONNABORTED:
      return FailedTry(
        isConnecting ? peer.connection(reason) : .connection(host: peer.host, reason: reason), .transientFailure(wasSent: !isConnecting))
    default: return FailedTry(peer.connection(reason), .permanentFailure)
    }
  }
}

extension CertificateNames {
  /// Why the host's certificate is not used.
  fileprivate func refusal(of host: String) -> String {
    if names.isEmpty, addresses.isEmpty {
      return "its certificate names no host: it needs '\(host)' among its subject alternative names, its common name does not count"
    }
    return "its certificate is for \(self), and not for \(IPAddress(host)?.description ?? "'\(host)'")"
  }
}

extension UnusableAnswer {
  fileprivate var reason: String {
    switch self {
    case .status(101): "it switches to another protocol, which nobody asked for (101)"
    case .status(let code): "HTTP has no status \(code)"
    case .noStatus: "its answer has no status that is three digits"
    case .malformed: "what it sends is not HTTP/2"
    case .tooEarly: "it answers before it has the whole request"
    case .endlessInformation: "it announces an answer again and again (1xx)"
    }
  }
}
