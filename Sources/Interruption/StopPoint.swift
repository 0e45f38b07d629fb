import LibC

#if DEBUG
  import Synchronization
#endif

/// Moments in a run at which a test can stop it: that of a name, when it has come for the n-th time. There are none in a release.
///
/// `TAGPIN_STOP_AT=replace:3:/tmp/fifo` writes a byte into that named pipe before the third file is replaced, and goes on when there is one
/// to read from `/tmp/fifo.go`.
package enum StopPoint {
  #if DEBUG
    private struct Wanted {
      var name: String
      var count: Int
      var pipe: String
    }

    private static let wanted: Wanted? = {
      guard let value = getenv("TAGPIN_STOP_AT") else { return nil }
      let parts = String(cString: value).split(separator: ":", maxSplits: 2).map(String.init)
      guard parts.count == 3, let count = Int(parts[1]) else { return nil }
      return Wanted(name: parts[0], count: count, pipe: parts[2])
    }()

    private static let reached = Atomic<Int>(0)

    package static func reach(_ name: @autoclosure () -> String) {
      guard let wanted, name() == wanted.name else { return }
      guard reached.add(1, ordering: .sequentiallyConsistent).newValue == wanted.count else { return }
      var byte: UInt8 = 1
      let told = open(wanted.pipe, O_WRONLY | O_CLOEXEC)
      write(told, &byte, 1)
      close(told)
      let answer = open(wanted.pipe + ".go", O_RDONLY | O_CLOEXEC)
      while read(answer, &byte, 1) < 0, errno == EINTR {}
      close(answer)
    }
  #else
    @inline(__always) package static func reach(_ name: @autoclosure () -> String) {}
  #endif
}
