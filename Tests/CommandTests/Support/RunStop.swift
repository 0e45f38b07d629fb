import Foundation
import ServersForTests

/// A moment at which a run of tagpin stops until it is told to go on, or is killed: `StopPoint` in the program.
final class RunStop: Sendable {
  let environment: [String: String]
  private let told: Int32
  private let answer: Int32

  /// The `count`-th time that the program comes to the point of that name.
  init(_ name: String, _ count: Int = 1, in sandbox: Sandbox) throws {
    let pipe = "\(sandbox.root)/stop-\(UUID().uuidString)"
    guard mkfifo(pipe, 0o600) == 0, mkfifo(pipe + ".go", 0o600) == 0 else { throw Program.Failure(description: "no named pipe '\(pipe)'") }
    environment = ["TAGPIN_STOP_AT": "\(name):\(count):\(pipe)"]
    // For both directions, so that opening them waits for nobody.
    told = open(pipe, O_RDWR | O_CLOEXEC)
    answer = open(pipe + ".go", O_RDWR | O_CLOEXEC)
  }

  deinit {
    close(told)
    close(answer)
  }

  /// Until the program has come there. It fails where the program does not.
  func reached() async throws {
    let isReached = await withCheckedContinuation { continuation in
      Thread.detachNewThread { [self] in
        var wanted = pollfd(fd: told, events: Int16(POLLIN), revents: 0)
        continuation.resume(returning: poll(&wanted, 1, 60_000) == 1)
      }
    }
    guard isReached else { throw Program.Failure(description: "the program did not come to \(environment)") }
  }

  func goOn() {
    var byte: UInt8 = 1
    write(answer, &byte, 1)
  }
}
