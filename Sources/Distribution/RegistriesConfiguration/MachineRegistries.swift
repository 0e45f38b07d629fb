import HTTP

/// All that this machine is told about registries beside tagpin's own configuration: registries.conf, then containerd's hosts.toml, and the
/// certificates of all three programs.
package struct MachineRegistries: Sendable {
  /// The first one that covers an image counts.
  package let registries: [RegistryConfiguration]
  /// What is particular to TLS, by `host` (port 443) or `host:port`.
  package let hosts: [String: HostTLS]
  /// For the log: what was read and is not followed.
  package let notes: [String]
  package let warnings: [String]

  package init(environment: [String: String], homeDirectory: String?, files: MachineFiles) throws(RegistriesFileError) {
    let containers = try ContainersRegistries(environment: environment, homeDirectory: homeDirectory, files: files)
    let containerd = ContainerdHosts(homeDirectory: homeDirectory, files: files)
    let certificates = CertificateDirectories(homeDirectory: homeDirectory, files: files)
    registries = containers.registries + containerd.registries
    hosts = certificates.hosts.merging(containerd.hosts) { directory, file in
      HostTLS(
        authorities: directory.authorities + file.authorities, clientCertificate: directory.clientCertificate ?? file.clientCertificate,
        problem: directory.problem)
    }
    notes = containers.notes + containerd.notes + certificates.notes
    warnings = containerd.warnings
  }
}
