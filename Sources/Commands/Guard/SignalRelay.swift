import LibC
import Synchronization

/// Passes signals that are sent to this process on to its child, from before the child is there until it has ended.
///
/// A terminal sends its signals (Ctrl-C, a resized window) to every process in the foreground, so the child gets those itself. A signal to
/// the whole process group cannot be told from one to this process: the child gets it twice. A signal that was ignored from the beginning
/// (`nohup`) stays ignored, here and in the child.
struct SignalRelay {
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH]

  // All that the handler touches: a handler can run on any thread between any two instructions, so these are atomic, and initialised before
  // it is installed.
  /// The child's process id; 0 before it is there, -1 when it has ended.
  private static let child = Atomic<pid_t>(0)
  /// Signals that came and are not passed on yet: bit n for signal n.
  private static let waiting = Atomic<UInt64>(0)
  /// Handlers that are running now.
  private static let running = Atomic<Int>(0)

  private var replaced: [(signal: Int32, disposition: SignalDisposition)] = []

  private init() {}

  /// From here on signals are kept for the child.
  static func begin() -> SignalRelay {
    child.store(0, ordering: .sequentiallyConsistent)
    waiting.store(0, ordering: .sequentiallyConsistent)
    running.store(0, ordering: .sequentiallyConsistent)
    var relay = SignalRelay()
    for signal in signals {
      let disposition = SignalDisposition.current(signal)
      guard !disposition.isIgnored else { continue }
      relay.replaced.append((signal, disposition))
      SignalDisposition.handler { signal, information, _ in SignalRelay.handle(signal, information) }.apply(to: signal)
    }
    return relay
  }

  /// The child is there: it gets what has come so far, and what comes.
  func passOn(to child: pid_t) {
    Self.child.store(child, ordering: .sequentiallyConsistent)
    Self.passOnWaiting()
  }

  /// The child has ended, and has not been reaped. What somebody sent too late for it is for this process itself.
  func end() {
    Self.child.store(-1, ordering: .sequentiallyConsistent)
    takePending()
    for (signal, disposition) in replaced { disposition.apply(to: signal) }
    // A handler that began before may still be about to send to the child's process id, which must not be somebody else's by then.
    while Self.running.load(ordering: .sequentiallyConsistent) > 0 { sched_yield() }
    var late = Self.waiting.exchange(0, ordering: .sequentiallyConsistent)
    while late != 0 {
      kill(getpid(), Int32(late.trailingZeroBitCount))
      late &= late - 1
    }
  }

  /// The Ctrl-C that ended the child may still be pending here. Under the old disposition it would end this process.
  private func takePending() {
    #if !canImport(Darwin)
      var signals = sigset_t()
      sigemptyset(&signals)
      for (signal, _) in replaced { sigaddset(&signals, signal) }
      var mask = sigset_t()
      pthread_sigmask(SIG_BLOCK, &signals, &mask)
      var information = siginfo_t()
      var now = timespec()
      while true {
        let signal = sigtimedwait(&signals, &information, &now)
        guard signal > 0 else { break }
        Self.handle(signal, &information)
      }
      pthread_sigmask(SIG_SETMASK, &mask, nil)
    #endif
  }

  /// Async-signal-safe: atomics and kill(2), nothing that allocates or locks.
  private static func handle(_ signal: Int32, _ information: UnsafeMutablePointer<siginfo_t>?) {
    let error = errno
    running.add(1, ordering: .sequentiallyConsistent)
    // The child got it itself if it was there, or was ended by it.
    if child.load(ordering: .sequentiallyConsistent) == 0 || !isFromTerminal(information) {
      waiting.bitwiseOr(1 << UInt64(signal), ordering: .sequentiallyConsistent)
      passOnWaiting()
    }
    running.subtract(1, ordering: .sequentiallyConsistent)
    errno = error
  }

  private static func passOnWaiting() {
    let child = child.load(ordering: .sequentiallyConsistent)
    guard child > 0 else { return }
    var signals = waiting.exchange(0, ordering: .sequentiallyConsistent)
    while signals != 0 {
      kill(child, Int32(signals.trailingZeroBitCount))
      signals &= signals - 1
    }
  }

  /// Whether the kernel sent it, and no process did.
  private static func isFromTerminal(_ information: UnsafeMutablePointer<siginfo_t>?) -> Bool {
    guard let information else { return false }
    #if canImport(Darwin)
      return information.pointee.si_pid == 0
    #else
      return information.pointee.si_code > 0
    #endif
  }
}
