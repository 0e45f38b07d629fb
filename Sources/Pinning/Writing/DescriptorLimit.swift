import LibC

/// The number of files that this process may have open. Every temporary file stays open and locked until its run is over; so do
/// connections.
package struct DescriptorLimit {
  private let previous: rlimit?

  /// Raises the soft limit as far as it is needed and allowed. Programs that are started meanwhile inherit it.
  package init(raisedFor fileCount: Int) {
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

  package func restore() {
    guard var previous else { return }
    setrlimit(Self.resource, &previous)
  }

  /// How many may be open at once now.
  package static var current: Int {
    var limit = rlimit()
    return getrlimit(resource, &limit) == 0 ? Int(clamping: limit.rlim_cur) : 256
  }

  #if canImport(Glibc)
    private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }
  #else
    private static var resource: Int32 { RLIMIT_NOFILE }
  #endif
}
