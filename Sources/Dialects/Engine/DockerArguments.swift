/// Finds the image among the arguments of `docker run`; <https://docs.docker.com/reference/cli/docker/container/run/>.
package enum DockerArguments {
  static let notFound = SkipReason.notUnderstood("a command line whose flags are not all known")

  /// The bytes of the first word behind the flags. nil where there is none, where a flag is not known (it may take the next word), or where a word is quoted.
  package static func image(in line: String) -> Range<Int>? {
    let bytes = Array(line.utf8)
    var index = 0
    var isValue = false
    while true {
      guard let start = bytes[index...].firstIndex(where: { !$0.isWhiteSpace }) else { return nil }
      let end = bytes[start...].firstIndex(where: \.isWhiteSpace) ?? bytes.count
      index = end
      let word = bytes[start..<end]
      if word.contains(where: { "'\"\\".utf8.contains($0) }) { return nil }
      if isValue {
        isValue = false
        continue
      }
      guard word.first == UInt8(ascii: "-"), word.count > 1 else { return start..<end }
      switch takesValue(String(decoding: word, as: UTF8.self)) {
      case .some(let takesValue): isValue = takesValue
      case .none: return nil
      }
    }
  }

  /// Whether that flag takes the next word as its value; nil where it is not known.
  private static func takesValue(_ flag: String) -> Bool? {
    if flag == "--" { return false }
    if flag.hasPrefix("--") {
      if flag.contains("=") { return false }
      let name = String(flag.dropFirst(2))
      return switches.contains(name) ? false : withValue.contains(name) ? true : nil
    }
    // Short switches can stand together, `-it`; the first one with a value takes what is left of the word, or else the next one.
    for (offset, letter) in flag.utf8.dropFirst().enumerated() {
      if "ditPq".utf8.contains(letter) { continue }
      guard "acehlmpuvw".utf8.contains(letter) else { return nil }
      return offset + 2 == flag.utf8.count
    }
    return false
  }

  private static let switches: Set<String> = [
    "detach", "disable-content-trust", "init", "interactive", "no-healthcheck", "oom-kill-disable", "privileged", "publish-all", "quiet",
    "read-only", "rm", "sig-proxy", "tty", "use-api-socket",
  ]

  private static let withValue: Set<String> = [
    "add-host", "annotation", "attach", "blkio-weight", "blkio-weight-device", "cap-add", "cap-drop", "cgroup-parent", "cgroupns",
    "cidfile",
    "cpu-count", "cpu-percent", "cpu-period", "cpu-quota", "cpu-rt-period", "cpu-rt-runtime", "cpu-shares", "cpus", "cpuset-cpus",
    "cpuset-mems", "detach-keys", "device", "device-cgroup-rule", "device-read-bps", "device-read-iops", "device-write-bps",
    "device-write-iops", "dns", "dns-option", "dns-search", "domainname", "entrypoint", "env", "env-file", "expose", "gpus", "group-add",
    "health-cmd", "health-interval", "health-retries", "health-start-interval", "health-start-period", "health-timeout", "hostname",
    "ip", "ip6", "ipc", "isolation", "kernel-memory", "label", "label-file", "link", "link-local-ip", "log-driver", "log-opt",
    "mac-address",
    "memory", "memory-reservation", "memory-swap", "memory-swappiness", "mount", "name", "net", "network", "network-alias",
    "oom-score-adj", "pid", "pids-limit", "platform", "publish", "pull", "restart", "runtime", "security-opt", "shm-size", "stop-signal",
    "stop-timeout", "storage-opt", "sysctl", "tmpfs", "ulimit", "user", "userns", "uts", "volume", "volume-driver", "volumes-from",
    "workdir",
  ]
}
