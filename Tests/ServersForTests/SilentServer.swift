import NIOCore
import NIOPosix
import Synchronization

/// Accepts connections and never says a word.
package struct SilentServer: Sendable {
  package let port: Int
  private let accepted: Counter

  package var connectionCount: Int { accepted.value.withLock { $0 } }

  private final class Counter: Sendable {
    let value = Mutex(0)
  }

  package static func serving(_ body: (SilentServer) async throws -> Void) async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let accepted = Counter()
    let channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        accepted.value.withLock { $0 += 1 }
        return channel.eventLoop.makeSucceededVoidFuture()
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      try await body(SilentServer(port: channel.localAddress?.port ?? 0, accepted: accepted))
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
    try await group.shutdownGracefully()
  }
}
