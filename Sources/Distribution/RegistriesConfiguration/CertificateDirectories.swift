import HTTP

/// The certificates that Docker, Podman and containerd keep for registries, in directories `certs.d/HOST` and `certs.d/HOST:PORT`: `*.crt`
/// are those of authorities, `*.cert` with `*.key` what this machine shows (Docker's "Verify repository client with certificates",
/// containers-certs.d(5)).
///
/// Of the directories for one host the first counts, and it counts alone. Nothing is inherited from one port of a host to another.
package struct CertificateDirectories: Sendable {
  /// By `host` (port 443) or `host:port`.
  package let hosts: [String: HostTLS]
  /// What was found and is not used, for the log.
  package let notes: [String]

  /// Nothing is read but the names of files. A directory that is wrong matters to nobody but its own host, so its error waits for the first
  /// connection.
  package init(homeDirectory: String?, files: MachineFiles) {
    var hosts: [String: HostTLS] = [:]
    var notes: [String] = []
    for root in Self.roots(homeDirectory) {
      let names: [String]
      do { names = try files.list(root) } catch {
        notes.append("\(error); the certificates below it are not used")
        continue
      }
      for name in names.sorted() {
        guard let host = RegistryHostName.host(ofDirectory: name), host != RegistryHostName.any, hosts[host] == nil else { continue }
        let directory = "\(root)/\(name)"
        do {
          hosts[host] = try Self.tls(in: directory, files.list(directory), &notes)
        } catch {
          hosts[host] = HostTLS(problem: "\(error)")
        }
      }
    }
    self.hosts = hosts
    self.notes = notes
  }

  /// The user's before the system's, and Podman's before Docker's, as skopeo asks them. containerd falls back on such files, too.
  private static func roots(_ homeDirectory: String?) -> [String] {
    ["containers", "docker", "containerd"].flatMap { program in
      (homeDirectory.map { ["\($0)/.config/\(program)/certs.d"] } ?? []) + ["/etc/\(program)/certs.d"]
    }
  }

  /// nil where there is nothing in it.
  private static func tls(in directory: String, _ names: [String], _ notes: inout [String]) -> HostTLS? {
    let names = Set(names)
    // containerd reads the file alone then.
    guard !names.contains(ContainerdHosts.fileName) else { return nil }
    var tls = HostTLS()
    for name in names.sorted() {
      if name.hasSuffix(".crt") {
        tls.authorities.append(CertificateAuthority(path: "\(directory)/\(name)", setting: directory))
      } else if name.hasSuffix(".cert") {
        let key = String(name.dropLast(5)) + ".key"
        guard names.contains(key) else {
          tls.problem = """
            the client certificate '\(directory)/\(name)' needs its key beside it, in '\(key)'; if it is an authority's certificate, let \
            its name end in '.crt'
            """
          continue
        }
        if let shown = tls.clientCertificate {
          notes.append("'\(directory)/\(name)' is not used: the client certificate '\(shown.certificatePath)' counts first")
        } else {
          tls.clientCertificate = ClientCertificate(
            certificatePath: "\(directory)/\(name)", keyPath: "\(directory)/\(key)", setting: directory)
        }
      } else if name.hasSuffix(".key"), !names.contains(String(name.dropLast(4)) + ".cert") {
        tls.problem = "the key '\(directory)/\(name)' needs its client certificate beside it, in '\(name.dropLast(4)).cert'"
      }
    }
    return tls == HostTLS() ? nil : tls
  }
}
