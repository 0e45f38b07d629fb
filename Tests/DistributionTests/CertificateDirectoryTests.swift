import Distribution
import HTTP
import Testing

/// `certs.d` of Docker, Podman and containerd.
@Suite struct CertificateDirectoryTests {
  /// A machine with these files, whatever they hold.
  static func files(_ contents: [String: String], closed: String? = nil) -> MachineFiles {
    struct Denied: Error, CustomStringConvertible {
      var path: String
      var description: String { "cannot look into '\(path)': permission denied" }
    }
    return MachineFiles(
      read: { path in contents[path].map { Array($0.utf8) } },
      list: { directory in
        if directory == closed { throw Denied(path: directory) }
        let below = contents.keys.filter { $0.hasPrefix(directory + "/") }.map { $0.dropFirst(directory.utf8.count + 1) }
        return Set(below.map { String($0.prefix { $0 != "/" }) }).sorted()
      })
  }

  private func read(_ paths: [String], closed: String? = nil) -> CertificateDirectories {
    CertificateDirectories(
      homeDirectory: "/home/me", files: Self.files(Dictionary(uniqueKeysWithValues: paths.map { ($0, "") }), closed: closed))
  }

  private static let docker = "/etc/docker/certs.d"

  @Test func `authorities and a client certificate are taken by their names' ends`() {
    let directory = "\(Self.docker)/registry.test:5000"
    let found = read([
      "\(directory)/ca.crt", "\(directory)/b.crt", "\(directory)/me.cert", "\(directory)/me.key", "\(directory)/readme.txt",
    ])
    #expect(
      found.hosts == [
        "registry.test:5000": HostTLS(
          authorities: [
            CertificateAuthority(path: "\(directory)/b.crt", setting: directory),
            CertificateAuthority(path: "\(directory)/ca.crt", setting: directory),
          ],
          clientCertificate: ClientCertificate(
            certificatePath: "\(directory)/me.cert", keyPath: "\(directory)/me.key", setting: directory))
      ])
    #expect(found.notes.isEmpty)
  }

  @Test(
    arguments: [
      ("registry.test", "registry.test"), ("registry.test:443", "registry.test"), ("Registry.Test:5000", "registry.test:5000"),
      ("registry.test_5000_", "registry.test:5000"), ("[::1]:5000", "[::1]:5000"), (".hidden", nil), ("_default", nil),
    ] as [(String, String?)])
  func `each port has a directory of its own, and https's own port can be left out`(_ name: String, _ host: String?) {
    #expect(read(["\(Self.docker)/\(name)/ca.crt"]).hosts.keys.sorted() == [host].compactMap(\.self))
  }

  @Test func `of the directories for one host the first counts alone, the user's before the system's`() {
    let directories = [
      "/home/me/.config/containers/certs.d", "/etc/containers/certs.d", "/home/me/.config/docker/certs.d", Self.docker,
      "/home/me/.config/containerd/certs.d", "/etc/containerd/certs.d",
    ]
    for index in directories.indices {
      let paths = directories[index...].map { "\($0)/registry.test/ca.crt" }
      #expect(read(paths).hosts["registry.test"]?.authorities.map(\.path) == [paths[0]])
    }
  }

  @Test func `a directory without certificates is nothing, and hosts toml stands for itself`() {
    #expect(read(["\(Self.docker)/registry.test/notes.txt"]).hosts.isEmpty)
    #expect(read(["/etc/containerd/certs.d/registry.test/hosts.toml", "/etc/containerd/certs.d/registry.test/ca.crt"]).hosts.isEmpty)
  }

  @Test(arguments: [
    (
      "me.cert",
      "the client certificate '/etc/docker/certs.d/a.test/me.cert' needs its key beside it, in 'me.key'; if it is an authority's certificate, let its name end in '.crt'"
    ), ("me.key", "the key '/etc/docker/certs.d/a.test/me.key' needs its client certificate beside it, in 'me.cert'"),
  ])
  func `half of a pair is an error of that host alone`(_ name: String, _ problem: String) {
    let found = read(["\(Self.docker)/a.test/\(name)", "\(Self.docker)/a.test/ca.crt", "\(Self.docker)/b.test/ca.crt"])
    #expect(found.hosts["a.test"]?.problem == problem)
    #expect(found.hosts["b.test"]?.problem == nil)
  }

  @Test func `a host's directory that cannot be looked into is an error of that host, the whole tree a note`() {
    let paths = ["\(Self.docker)/a.test/ca.crt", "\(Self.docker)/b.test/ca.crt"]
    let host = read(paths, closed: "\(Self.docker)/a.test")
    #expect(host.hosts["a.test"]?.problem == "cannot look into '\(Self.docker)/a.test': permission denied")
    #expect(host.hosts["b.test"]?.problem == nil)
    let tree = read(paths, closed: Self.docker)
    #expect(tree.hosts.isEmpty)
    #expect(tree.notes == ["cannot look into '\(Self.docker)': permission denied; the certificates below it are not used"])
  }

  @Test func `of several client certificates the first by name is shown, and the log says so`() {
    let directory = "\(Self.docker)/a.test"
    let found = read(["a", "b"].flatMap { ["\(directory)/\($0).cert", "\(directory)/\($0).key"] })
    #expect(found.hosts["a.test"]?.clientCertificate?.certificatePath == "\(directory)/a.cert")
    #expect(found.notes == ["'\(directory)/b.cert' is not used: the client certificate '\(directory)/a.cert' counts first"])
  }
}
