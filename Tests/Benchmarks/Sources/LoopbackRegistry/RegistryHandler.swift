import NIOCore
import NIOHTTP1

/// Answers the requests of one connection, each after the delay.
final class RegistryHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let access: LoopbackRegistry.Access
  private let delay: TimeAmount
  private let hasTags: Bool
  private let counts: RequestCounts
  private var head: HTTPRequestHead?

  init(access: LoopbackRegistry.Access, delay: TimeAmount, hasTags: Bool, counts: RequestCounts) {
    self.access = access
    self.delay = delay
    self.hasTags = hasTags
    self.counts = counts
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    case .body: break
    case .end:
      guard let head else { return }
      self.head = nil
      let answer = answer(to: head, port: context.localAddress?.port ?? 0)
      counts.begin()
      context.eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
        counts.end()
        write(answer, to: head, context: context)
      }
    }
  }

  private func write(_ answer: Answer, to request: HTTPRequestHead, context: ChannelHandlerContext) {
    guard context.channel.isActive else { return }
    var headers = answer.headers
    headers.replaceOrAdd(name: "Content-Length", value: String(answer.body.utf8.count))
    context.write(wrapOutboundOut(.head(.init(version: .http1_1, status: answer.status, headers: headers))), promise: nil)
    if request.method != .HEAD, !answer.body.isEmpty {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  private struct Answer {
    var status: HTTPResponseStatus
    var headers: HTTPHeaders = [:]
    var body = ""
  }

  private func answer(to request: HTTPRequestHead, port: Int) -> Answer {
    if request.uri.hasPrefix("/token?") {
      counts.count { $0.tokens += 1 }
      return Answer(
        status: .ok, headers: ["Content-Type": "application/json"], body: #"{"token":"\#(token(for: request.uri))","expires_in":300}"#)
    }
    guard let name = repository(in: request.uri), request.method == .HEAD || request.method == .GET else {
      return Answer(status: .notFound)
    }
    if access == .token, request.headers.first(name: "Authorization") != "Bearer \(name)" {
      counts.count { $0.challenges += 1 }
      let challenge = #"Bearer realm="http://127.0.0.1:\#(port)/token",service="benchmark",scope="repository:\#(name):pull""#
      return Answer(status: .unauthorized, headers: ["WWW-Authenticate": challenge, "Content-Type": "application/json"])
    }
    guard !request.uri.contains("/tags/list") else {
      counts.count { $0.lists += 1 }
      return Answer(status: .ok, headers: ["Content-Type": "application/json"], body: #"{"name":"\#(name)","tags":[]}"#)
    }
    counts.count { $0.manifests += 1 }
    guard hasTags else {
      let body = #"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"#
      return Answer(status: .notFound, headers: ["Content-Type": "application/json"], body: body)
    }
    if let digest = request.uri.split(separator: "/").last, digest.hasPrefix("sha256:") {
      return Answer(
        status: .ok, headers: ["Content-Type": "application/vnd.oci.image.index.v1+json", "Docker-Content-Digest": String(digest)])
    }
    let hexadecimal = String(request.uri.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 16)
    let digest = "sha256:" + String(repeating: "0", count: 64 - hexadecimal.count) + hexadecimal
    return Answer(
      status: .ok,
      headers: ["Content-Type": "application/vnd.oci.image.index.v1+json", "Docker-Content-Digest": digest])
  }

  /// The name in `/v2/<name>/manifests/<tag>` and `/v2/<name>/tags/list`.
  private func repository(in uri: String) -> String? {
    let parts = uri.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 5, parts[1] == "v2", ["manifests", "tags"].contains(parts[parts.count - 2]) else { return nil }
    return parts[2..<parts.count - 2].joined(separator: "/")
  }

  /// The token is the repository's name, as the scope of the query tells it.
  private func token(for uri: String) -> String {
    guard let query = uri.split(separator: "?").last else { return "" }
    for pair in query.split(separator: "&") where pair.hasPrefix("scope=") {
      let scope = pair.dropFirst(6).replacing("%3A", with: ":").replacing("%2F", with: "/").replacing("%3a", with: ":")
        .replacing("%2f", with: "/")
      let parts = scope.split(separator: ":")
      if parts.count == 3 { return String(parts[1]) }
    }
    return ""
  }
}
