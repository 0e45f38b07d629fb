import Interruption
import LibC
import Pinning

/// A program that takes this one's place at the terminal for a while. It has this process's standard streams, controlling terminal and
/// process group, so that Ctrl-C, Ctrl-Z and a resized window reach it as if a shell had started it. Signals that this process alone gets
/// are passed on.
struct ForegroundProgram {
  /// A path, or a name that is looked up in PATH.
  let name: String
  let arguments: [String]

  /// How it ended.
  enum Ending: Hashable, Sendable {
    case exited(code: Int32)
    case killed(signal: Int32)
    case notStarted(SystemError)

    /// What a shell makes of it: 128 and the signal's number, 127 for a program that is not there, 126 for one that cannot be run.
    var exitCode: Int32 {
      switch self {
      case .exited(let code): code
      case .killed(let signal): 128 + signal
      case .notStarted(let error): [ENOENT, ENOTDIR].contains(error.code) ? 127 : 126
      }
    }
  }

  /// Runs it to its end. Blocks the thread, and is for once at a time in a process.
  ///
  /// - Parameter inherited: what this process was started with, which the program gets, whatever this process has opened or ignores since.
  func run(_ inherited: InheritedState) -> Ending {
    inherited.keepFromPrograms()
    StopPoint.reach("before-relay")
    let relay = SignalRelay.begin()
    StopPoint.reach("relay-begun")
    // With SIGCHLD ignored, there is no status of a child to wait for.
    let childSignal = SignalDisposition.current(SIGCHLD)
    if childSignal.isIgnored { SignalDisposition.default.apply(to: SIGCHLD) }
    defer { if childSignal.isIgnored { childSignal.apply(to: SIGCHLD) } }

    let child: pid_t
    do throws(SystemError) { child = try start(inherited) } catch {
      relay.end()
      return .notStarted(error)
    }
    StopPoint.reach("command-started")
    relay.passOn(to: child)
    StopPoint.reach("relay-passes-on")
    // Its process id stays taken until it is reaped, so that no signal goes astray meanwhile.
    var information = siginfo_t()
    while waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    relay.end()
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return .notStarted(SystemError(code: errno)) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited(code: (status >> 8) & 0xFF) : .killed(signal: signal)
  }

  private func start(_ inherited: InheritedState) throws(SystemError) -> pid_t {
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    // Threads that run Swift tasks have signals blocked, which a child of theirs would inherit; who starts programs starts them with none
    // blocked.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var reset = sigset_t()
    sigemptyset(&reset)
    for signal in inherited.signalsToReset { sigaddset(&reset, signal) }
    posix_spawnattr_setsigdefault(&attributes, &reset)

    var argumentPointers = ([name] + arguments).map { strdup($0) } + [nil]
    defer { for pointer in argumentPointers { free(pointer) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, name, nil, &attributes, &argumentPointers, Self.environment)
    guard code == 0 else { throw SystemError(code: code) }
    return child
  }

  /// This process's own, bytes that are not UTF-8 included.
  private static var environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    #if canImport(Darwin)
      _NSGetEnviron().pointee
    #else
      environ
    #endif
  }
}
