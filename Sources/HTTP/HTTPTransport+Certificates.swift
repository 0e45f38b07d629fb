import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

extension HTTPTransport {
  /// Says what is wrong with a certificate that was refused. Looks at it once more over a connection of its own, which never gets beyond
  /// the handshake.
  func untrustedReason(of request: HTTPRequest, over route: Route) async -> String {
    let advice = "name the authority's certificate with \(request.advice.authority) or with SSL_CERT_FILE"
    let unknown = "its certificate is not signed by an authority known here, or is out of date: \(advice)"
    guard route.proxy == nil, let chain = await certificates(of: request.url), !chain.isEmpty else { return unknown }
    let now = options.wallClock()
    for (index, certificate) in chain.enumerated() {
      let subject = index == 0 ? "its certificate" : "a certificate that it sends along"
      let begin = Int64(certificate.notValidBefore)
      let end = Int64(certificate.notValidAfter)
      if now > end { return "\(subject) expired on \(HTTPDate.day(secondsSince1970: end))" }
      if now < begin { return "\(subject) is not valid before \(HTTPDate.day(secondsSince1970: begin)): is the clock right?" }
    }
    return "its certificate is not signed by an authority known here: \(advice)"
  }

  /// The chain as the server sends it, unchecked: for messages only.
  private func certificates(of url: HTTPURL) async -> [NIOSSLCertificate]? {
    guard !state.withLock({ $0.isShutDown }) else { return nil }
    let isAddress = url.ipAddress != nil
    let host = url.host.utf8.first == UInt8(ascii: "[") ? String(url.host.dropFirst().dropLast()) : url.host
    let chain = Self.group.any().makePromise(of: [NIOSSLCertificate].self)
    do {
      let context = try NIOSSLContext(configuration: .makeClientConfiguration())
      let channel = try await ClientBootstrap(group: Self.group)
        .connectTimeout(options.connectTimeout.timeAmount)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            let handler = try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host) { certificates, verdict in
              chain.succeed(certificates)
              verdict.succeed(NIOSSLVerificationResult.failed)
            }
            try channel.pipeline.syncOperations.addHandler(handler)
          }
        }
        .connect(host: host, port: url.effectivePort).get()
      channel.closeFuture.whenComplete { _ in chain.fail(ChannelError.eof) }
      let timeout = channel.eventLoop.scheduleTask(in: options.connectTimeout.timeAmount) { channel.close(promise: nil) }
      defer {
        timeout.cancel()
        channel.close(promise: nil)
      }
      return try await chain.futureResult.get()
    } catch {
      chain.fail(error)
      return nil
    }
  }
}
