import LibC

enum TestProcesses {
  /// Whether no process of that process group is left.
  static func areGone(session: String) -> Bool {
    guard let group = pid_t(session) else { return false }
    // The kernel takes a moment to reap what was killed.
    for _ in 0..<200 {
      if kill(-group, 0) == -1, errno == ESRCH { return true }
      usleep(10_000)
    }
    return false
  }
}
