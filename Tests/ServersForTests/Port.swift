import Foundation
import LibC
import NIOCore
import NIOPosix
import Synchronization

/// Ports on 127.0.0.1, below the range that systems give to clients, so that none of those takes one.
package enum Port {
  /// Each is given out once, so that two servers that start at the same time do not meet.
  private static let given = Mutex<Set<Int>>([])

  /// One that nobody listens on.
  package static func free() throws -> Int {
    for _ in 0..<1000 {
      let port = Int.random(in: 20_000..<32_000)
      if given.withLock({ $0.insert(port).inserted }), isFree(port) { return port }
    }
    throw Program.Failure(description: "no free port")
  }

  /// Binds without listening: programs that are started meanwhile inherit the socket for a moment, and a server can have the port
  /// nevertheless.
  private static func isFree(_ port: Int) -> Bool {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
    }
  }

  /// Runs a server on a free port while `body` does; tries another port where somebody else was faster.
  package static func serving<Result>(
    _ program: Program, log: String, arguments: (Int) throws -> [String], body: (Int) async throws -> Result
  ) async throws -> Result {
    for _ in 0..<5 {
      let port = try free()
      let result: Result? = try await program.running(try arguments(port), log: log) {
        guard try await isOpen(port, log: log) else { return nil }
        return try await body(port)
      }
      if let result { return result }
      try FileManager.default.removeItem(atPath: log)
    }
    throw Program.Failure(description: "\(program.name) did not start; see \(log)")
  }

  /// Waits until somebody listens there. False where the server that was started just now ends instead.
  private static func isOpen(_ port: Int, log: String) async throws -> Bool {
    let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
    for _ in 0..<1000 {
      if let channel = try? await bootstrap.connect(host: "127.0.0.1", port: port).get() {
        try? await channel.close()
        return true
      }
      if let text = try? String(contentsOfFile: log, encoding: .utf8), text.contains(Program.endMark) { return false }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw Program.Failure(description: "nobody listens on port \(port); see \(log)")
  }
}
