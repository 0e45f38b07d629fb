#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The few moments in which a repository changes hands from one commit to the next.
enum CommitSection {
  /// Runs `body` with the signals ignored that people and CI systems stop a program with; one that comes meanwhile is lost, and the run is over soon anyway.
  static func undisturbed(_ body: () throws(CommitError) -> Void) throws(CommitError) {
    let signals = [SIGINT, SIGTERM, SIGHUP]
    let previous = signals.map { signal($0, SIG_IGN) }
    defer { for (number, handler) in zip(signals, previous) { signal(number, handler) } }
    try body()
  }
}
