#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The number of files that this process may have open: every temporary file stays open, and locked, until its run is over.
struct DescriptorLimit {
  private let previous: rlimit?

  /// Raises the soft limit as far as it is needed and allowed.
  init(raisedFor fileCount: Int) {
    var limit = rlimit()
    // Connections and whatever else the process has open come on top.
    let wanted = max(rlim_t(fileCount) * 2, 65_536)
    guard getrlimit(Self.resource, &limit) == 0, limit.rlim_cur < wanted else {
      previous = nil
      return
    }
    previous = limit
    limit.rlim_cur = min(wanted, limit.rlim_max)
    setrlimit(Self.resource, &limit)
  }

  func restore() {
    guard var previous else { return }
    setrlimit(Self.resource, &previous)
  }

  #if canImport(Glibc)
    private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }
  #else
    private static var resource: Int32 { RLIMIT_NOFILE }
  #endif
}
