import Documents

/// What a Compose file looks like, whatever it is called: nothing but keys of the format, in the file and in each service, and a service
/// that is run or built; <https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json>.
enum ComposeShape {
  static func holds(_ root: Node) -> Bool {
    guard let services = root["services"]?.members, !services.isEmpty, root.members.allSatisfy({ isKnown($0.key, fileKeys) }) else {
      return false
    }
    return services.allSatisfy { isService($0.value) } && services.contains { $0.value["image"]?.scalar != nil || $0.value["build"] != nil }
  }

  /// One may be nothing but an alias, or merge what it is made of.
  private static func isService(_ node: Node) -> Bool {
    switch node.content {
    case .alias: true
    case .scalar(let scalar): scalar.isNull
    case .sequence: false
    case .mapping(let members): members.allSatisfy { isKnown($0.key, serviceKeys) }
    }
  }

  private static func isKnown(_ key: Node, _ known: Set<String>) -> Bool {
    key.scalar.map { known.contains($0.value) || $0.value.hasPrefix("x-") || $0.value == "<<" } ?? false
  }

  private static let fileKeys: Set<String> = [
    "version", "name", "services", "networks", "volumes", "configs", "secrets", "include", "models",
  ]

  private static let serviceKeys: Set<String> = [
    "annotations", "attach", "blkio_config", "build", "cap_add", "cap_drop", "cgroup", "cgroup_parent", "command", "configs",
    "container_name", "cpu_count", "cpu_percent", "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "cpus",
    "cpuset",
    "credential_spec", "depends_on", "deploy", "develop", "device_cgroup_rules", "devices", "dns", "dns_opt", "dns_search", "domainname",
    "entrypoint", "env_file", "environment", "expose", "extends", "external_links", "extra_hosts", "gpus", "group_add", "healthcheck",
    "hostname", "image", "init", "ipc", "isolation", "label_file", "labels", "links", "logging", "mac_address", "mem_limit",
    "mem_reservation", "mem_swappiness", "memswap_limit", "models", "network_mode", "networks", "oom_kill_disable", "oom_score_adj", "pid",
    "pids_limit", "platform", "ports", "post_start", "pre_stop", "privileged", "profiles", "provider", "pull_policy", "read_only",
    "restart",
    "runtime", "scale", "secrets", "security_opt", "shm_size", "stdin_open", "stop_grace_period", "stop_signal", "storage_opt", "sysctls",
    "tmpfs", "tty", "ulimits", "use_api_socket", "user", "userns_mode", "uts", "volume_driver", "volumes", "volumes_from", "working_dir",
  ]
}
