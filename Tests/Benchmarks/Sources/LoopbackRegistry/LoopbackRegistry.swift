import NIOCore
import NIOHTTP1
import NIOPosix

/// A registry on a loopback port that has every tag of every repository, or none of any, and answers after a while.
///
/// One thread answers everything, so that most of the machine is left to the client.
public final class LoopbackRegistry: Sendable {
  public let port: Int
  public let counts: RequestCounts
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup

  public enum Access: Sendable {
    case open
    /// Each repository wants a Bearer token of its own, which this very server gives.
    case token
  }

  public init(access: Access, delayInMilliseconds: Int, hasTags: Bool = true) throws {
    let counts = RequestCounts()
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    channel = try ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        counts.count { $0.connections += 1 }
        return channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
          try channel.pipeline.syncOperations.addHandler(
            RegistryHandler(access: access, delay: .milliseconds(Int64(delayInMilliseconds)), hasTags: hasTags, counts: counts))
        }
      }
      .bind(host: "127.0.0.1", port: 0).wait()
    port = channel.localAddress?.port ?? 0
    self.counts = counts
  }

  public func stop() throws {
    try channel.close().wait()
    try group.syncShutdownGracefully()
  }
}
