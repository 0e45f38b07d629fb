/// Which flags of a command line take a value, so that the words behind them can be told apart.
///
/// One table serves `docker`, `podman` and `nerdctl`: no flag that two of them share takes a value in one and none in the other.
struct ContainerFlags: Sendable {
  private let shortSwitches: String
  private let shortWithValue: String
  private let switches: Set<String>
  private let withValue: Set<String>

  /// Whether that flag takes the next word as its value; nil where it is not known.
  func takesValue(_ flag: String) -> Bool? {
    if flag == "--" { return false }
    if flag.hasPrefix("--") {
      if flag.utf8.contains(UInt8(ascii: "=")) { return false }
      let name = String(flag.dropFirst(2))
      return switches.contains(name) ? false : withValue.contains(name) ? true : nil
    }
    // Short switches can be together, `-it`; the first one with a value takes what is left of the word, or else the next one.
    for (offset, letter) in flag.utf8.dropFirst().enumerated() {
      if shortSwitches.utf8.contains(letter) {
        // `-t=false`
        if flag.utf8.dropFirst(offset + 2).first == UInt8(ascii: "=") { return false }
        continue
      }
      guard shortWithValue.utf8.contains(letter) else { return nil }
      return offset + 2 == flag.utf8.count
    }
    return false
  }

  /// Flags between the tool and its subcommand; <https://docs.docker.com/reference/cli/docker/>, podman(1),
  /// <https://github.com/containerd/nerdctl/blob/main/docs/command-reference.md#global-flags>.
  static let global = ContainerFlags(
    shortSwitches: "Drv", shortWithValue: "Hacln",
    switches: [
      "debug", "debug-full", "experimental", "help", "insecure-registry", "kube-hide-dupe", "noout", "remote", "syslog", "tls", "tlsverify",
      "trace", "transient-store", "version",
    ],
    withValue: [
      "address", "bridge-ip", "cdi-spec-dir", "cdi-spec-dirs", "cgroup-manager", "cni-config-dir", "cni-netconfpath", "cni-path", "config",
      "conmon", "connection", "context", "cpu-profile", "data-root", "default-mounts-file", "events-backend", "global-dns", "hooks-dir",
      "host", "host-gateway-ip", "hosts-dir", "identity", "imagestore", "log-level", "max-workers", "memory-profile", "module", "namespace",
      "network-backend", "network-cmd-path", "network-config-dir", "out", "pull-option", "registries-conf", "root", "runroot", "runtime",
      "runtime-flag", "snapshotter", "ssh", "storage-driver", "storage-opt", "tls-ca", "tls-cert", "tls-details", "tls-key", "tlscacert",
      "tlscert", "tlskey", "tmpdir", "url", "userns-remap", "volumepath",
    ])

  /// Flags of `run` and `create`; <https://docs.docker.com/reference/cli/docker/container/run/>,
  /// <https://docs.podman.io/en/latest/markdown/podman-run.1.html>,
  /// <https://github.com/containerd/nerdctl/blob/main/docs/command-reference.md#whale-blue_square-nerdctl-run>.
  static let run = ContainerFlags(
    shortSwitches: "Pditq", shortWithValue: "acehlmpuvw",
    switches: [
      "all-platforms", "detach", "disable-content-trust", "env-host", "help", "http-proxy", "init", "interactive", "no-healthcheck",
      "no-hostname", "no-hosts", "oom-kill-disable", "passwd", "privileged", "publish-all", "quiet", "read-only", "read-only-tmpfs",
      "replace", "rm", "rmi", "rootfs", "sig-proxy", "tls-verify", "tty", "unsetenv-all", "use-api-socket",
    ],
    withValue: [
      "add-host", "annotation", "arch", "attach", "auth-file", "authfile", "blkio-weight", "blkio-weight-device", "cap-add", "cap-drop",
      "cert-dir", "cgroup-conf", "cgroup-parent", "cgroupns", "cgroups", "chrootdirs", "cidfile", "conmon-pidfile",
      "cosign-certificate-identity", "cosign-certificate-identity-regexp", "cosign-certificate-oidc-issuer",
      "cosign-certificate-oidc-issuer-regexp", "cosign-key", "cpu-count", "cpu-percent", "cpu-period", "cpu-quota", "cpu-rt-period",
      "cpu-rt-runtime", "cpu-shares", "cpus", "cpuset-cpus", "cpuset-mems", "creds", "decryption-key", "detach-keys", "device",
      "device-cgroup-rule", "device-read-bps", "device-read-iops", "device-write-bps", "device-write-iops", "dns", "dns-opt", "dns-option",
      "dns-search", "domainname", "entrypoint", "env", "env-file", "env-merge", "expose", "gidmap", "gpus", "group-add", "group-entry",
      "health-cmd", "health-interval", "health-log-destination", "health-max-log-count", "health-max-log-size", "health-on-failure",
      "health-retries", "health-start-interval", "health-start-period", "health-startup-cmd", "health-startup-interval",
      "health-startup-retries", "health-startup-success", "health-startup-timeout", "health-timeout", "hostname", "hosts-file", "hostuser",
      "image-volume", "init-binary", "init-ctr", "init-path", "io-maxbandwidth", "io-maxiops", "ip", "ip6", "ipc", "ipfs-address",
      "isolation", "kernel-memory", "label", "label-file", "link", "link-local-ip", "log-driver", "log-opt", "mac-address", "memory",
      "memory-reservation", "memory-swap", "memory-swappiness", "mount", "name", "net", "network", "network-alias", "oom-score-adj", "os",
      "passwd-entry", "personality", "pid", "pidfile", "pids-limit", "platform", "pod", "pod-id-file", "preserve-fd", "preserve-fds",
      "publish", "pull", "rdt-class", "requires", "restart", "retry", "retry-delay", "runtime", "sdnotify", "seccomp-policy", "secret",
      "security-opt", "shm-size", "shm-size-systemd", "signature-policy", "stop-signal", "stop-timeout", "storage-opt", "subgidname",
      "subuidname", "sysctl", "systemd", "timeout", "tmpfs", "tz", "uidmap", "ulimit", "umask", "unsetenv", "user", "userns", "uts",
      "variant", "verify", "volume", "volume-driver", "volumes-from", "workdir",
    ])

  /// Flags of `pull`; <https://docs.docker.com/reference/cli/docker/image/pull/>,
  /// <https://docs.podman.io/en/latest/markdown/podman-pull.1.html>,
  /// <https://github.com/containerd/nerdctl/blob/main/docs/command-reference.md#whale-blue_square-nerdctl-pull>.
  static let pull = ContainerFlags(
    shortSwitches: "aq", shortWithValue: "",
    switches: ["all-platforms", "all-tags", "disable-content-trust", "help", "quiet", "tls-verify"],
    withValue: [
      "arch", "auth-file", "authfile", "cert-dir", "cosign-certificate-identity", "cosign-certificate-identity-regexp",
      "cosign-certificate-oidc-issuer", "cosign-certificate-oidc-issuer-regexp", "cosign-key", "creds", "decryption-key", "ipfs-address",
      "os", "platform", "policy", "retry", "retry-delay", "signature-policy", "soci-index-digest", "unpack", "variant", "verify",
    ])
}
