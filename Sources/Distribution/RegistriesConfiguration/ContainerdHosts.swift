import HTTP
import SystemPackage

/// What containerd is told about registries on this machine: `certs.d/HOST/hosts.toml`, and `_default` for every registry without a
/// directory (containerd, docs/hosts.md).
///
/// Taken is what matters for resolving: hosts with the capability `resolve`, `server`, `override_path`, `ca` and `client`. A file that
/// cannot be used is passed over with a warning, as containerd does: it can allow nothing, and forbid nothing.
package struct ContainerdHosts: Sendable {
  /// Registries of their own first, `_default` at the end.
  package let registries: [RegistryConfiguration]
  /// By `host` (port 443) or `host:port`.
  package let hosts: [String: HostTLS]
  /// What was read and is not followed, for the log.
  package let notes: [String]
  package let warnings: [String]

  static let fileName = "hosts.toml"

  package init(homeDirectory: String?, files: MachineFiles) {
    var found: [String: HostsFile] = [:]
    var notes: [String] = []
    var warnings: [String] = []
    var seen: Set<String> = []
    let own = homeDirectory.map { FilePath($0).appending(".config/containerd/certs.d") }
    for root in [own, "/etc/containerd/certs.d"].compactMap(\.self) {
      // `HOST_PORT_` comes before `HOST:PORT`.
      let names = ((try? files.list(root.string)) ?? []).sorted { ($0.hasSuffix("_") ? 0 : 1, $0) < ($1.hasSuffix("_") ? 0 : 1, $1) }
      for name in names {
        guard let host = RegistryHostName.host(ofDirectory: name), seen.insert(host).inserted else { continue }
        let path = root.appending(name).appending(Self.fileName).string
        do {
          guard let bytes = try files.read(path) else { continue }
          let file = try HostsFile(bytes, path: path, registry: host)
          found[host] = file
          notes += file.notes
        } catch {
          warnings.append("\(error): what it says of '\(name)' is not followed")
        }
      }
    }
    let sorted = found.sorted { ($0.key == RegistryHostName.any ? 1 : 0, $0.key) < ($1.key == RegistryHostName.any ? 1 : 0, $1.key) }
    // A directory of its own keeps a registry from the default, whatever it holds.
    let plain = seen.filter { found[$0]?.configuration == nil && $0 != RegistryHostName.any }.sorted()
    registries =
      (found[RegistryHostName.any] == nil ? [] : plain.map { RegistryConfiguration(prefix: $0, mirrors: [], server: nil, isTrusted: true) })
      + sorted.compactMap(\.value.configuration)
    var hosts: [String: HostTLS] = [:]
    for (_, file) in sorted { hosts.merge(file.hosts) { first, _ in first } }
    self.hosts = hosts
    self.notes = notes
    self.warnings = warnings
  }
}
