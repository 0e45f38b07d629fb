import NIOCore
import NIOHTTP1
import NIOPosix

/// Git repositories on a loopback port, any path one of them, that answer after a while: `ls-refs` of protocol v2 with the refs that a
/// request for `v4` gets, `info/refs` with all of them in protocol v0.
public final class LoopbackGit: Sendable {
  public let port: Int
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup

  public init(tags: Int, delayInMilliseconds: Int) throws {
    let answers = GitAnswers(tags: tags)
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    channel = try ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
          try channel.pipeline.syncOperations.addHandler(GitHandler(answers, delay: .milliseconds(Int64(delayInMilliseconds))))
        }
      }
      .bind(host: "127.0.0.1", port: 0).wait()
    port = channel.localAddress?.port ?? 0
  }

  public func stop() throws {
    try channel.close().wait()
    try group.syncShutdownGracefully()
  }
}

/// The two answers, made once.
struct GitAnswers: Sendable {
  let listing: ByteBuffer
  let advertisement: ByteBuffer

  init(tags: Int) {
    let commit = String(repeating: "a1", count: 20)
    func line(_ text: String) -> String {
      let digits = String(text.utf8.count + 5, radix: 16)
      return String(repeating: "0", count: 4 - digits.count) + digits + text + "\n"
    }
    listing = ByteBuffer(
      string: line("\(commit) HEAD symref-target:refs/heads/main") + line("\(commit) refs/tags/v4 peeled:\(commit)") + "0000")
    var all = line("# service=git-upload-pack") + "0000" + line("\(commit) HEAD\0symref=HEAD:refs/heads/main agent=benchmark")
    all += line("\(commit) refs/heads/main")
    for index in 0..<tags { all += line("\(commit) refs/tags/v\(index)") }
    advertisement = ByteBuffer(string: all + "0000")
  }
}

final class GitHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let answers: GitAnswers
  private let delay: TimeAmount
  private var isPost = false

  init(_ answers: GitAnswers, delay: TimeAmount) {
    self.answers = answers
    self.delay = delay
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): isPost = head.method == .POST
    case .body: break
    case .end:
      let kind = isPost ? "result" : "advertisement"
      let body = isPost ? answers.listing : answers.advertisement
      context.eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
        guard context.channel.isActive else { return }
        let headers: HTTPHeaders = [
          "Content-Type": "application/x-git-upload-pack-\(kind)", "Content-Length": String(body.readableBytes),
        ]
        context.write(wrapOutboundOut(.head(.init(version: .http1_1, status: .ok, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      }
    }
  }
}
