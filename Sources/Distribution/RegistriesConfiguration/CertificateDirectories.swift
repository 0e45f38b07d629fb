import HTTP
import SystemPackage

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
      do { names = try files.list(root.string) } catch {
        notes.append("\(error); the certificates below it are not used")
        continue
      }
      for name in names.sorted() {
        guard let host = RegistryHostName.host(ofDirectory: name), host != RegistryHostName.any, hosts[host] == nil else { continue }
        let directory = root.appending(name)
        do {
          hosts[host] = try Self.tls(in: directory, files.list(directory.string), &notes)
        } catch {
          hosts[host] = HostTLS(problem: "\(error)")
        }
      }
    }
    self.hosts = hosts
    self.notes = notes
  }

  /// The user's before the system's, and Podman's before Docker's, as skopeo asks them. containerd falls back on such files, too.
  private static func roots(_ homeDirectory: String?) -> [FilePath] {
    ["containers", "docker", "containerd"].flatMap { program in
      [homeDirectory.map { FilePath($0).appending(".config") }, "/etc"].compactMap { $0?.appending(program).appending("certs.d") }
    }
  }

  /// nil where there is nothing in it.
  private static func tls(in directory: FilePath, _ names: [String], _ notes: inout [String]) -> HostTLS? {
    let names = Set(names)
    // containerd reads the file alone then.
    guard !names.contains(ContainerdHosts.fileName) else { return nil }
    var tls = HostTLS()
    for name in names.sorted() {
      let file = directory.appending(name).string
      if name.hasSuffix(".crt") {
        tls.authorities.append(CertificateAuthority(path: file, setting: directory.string))
      } else if name.hasSuffix(".cert") {
        let key = String(name.dropLast(5)) + ".key"
        guard names.contains(key) else {
          tls.problem = """
            the client certificate '\(file)' needs its key beside it, in '\(key)'; if it is an authority's certificate, let \
            its name end in '.crt'
            """
          continue
        }
        if let shown = tls.clientCertificate {
          notes.append("'\(file)' is not used: the client certificate '\(shown.certificatePath)' counts first")
        } else {
          tls.clientCertificate = ClientCertificate(
            certificatePath: file, keyPath: directory.appending(key).string, setting: directory.string)
        }
      } else if name.hasSuffix(".key"), !names.contains(String(name.dropLast(4)) + ".cert") {
        tls.problem = "the key '\(file)' needs its client certificate beside it, in '\(name.dropLast(4)).cert'"
      }
    }
    return tls == HostTLS() ? nil : tls
  }
}
