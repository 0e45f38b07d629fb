/// What somebody said about TLS with one host.
package struct HostTLS: Hashable, Sendable {
  /// Trusted beside the system's and those of the environment.
  package var authorities: [CertificateAuthority]
  /// Shown to the host where it asks for one.
  package var clientCertificate: ClientCertificate?
  /// Why it cannot be used; every connection to the host fails with that.
  package var problem: String?

  package init(authorities: [CertificateAuthority] = [], clientCertificate: ClientCertificate? = nil, problem: String? = nil) {
    self.authorities = authorities
    self.clientCertificate = clientCertificate
    self.problem = problem
  }
}

/// A file of certificates in PEM form that somebody named.
package struct CertificateAuthority: Hashable, Sendable {
  package var path: String
  /// What named it, for messages: `ca`, `http.sslCAInfo`.
  package var setting: String

  package init(path: String, setting: String) {
    self.path = path
    self.setting = setting
  }
}

/// The files of a certificate by which hosts know who asks, and of its key, in PEM form. The key has no passphrase.
package struct ClientCertificate: Hashable, Sendable {
  /// With the chain that leads to the authority, where the host needs that.
  package var certificatePath: String
  package var keyPath: String
  /// What named them, for messages: `client-certificate`, `/etc/docker/certs.d/registry.test`.
  package var setting: String

  package init(certificatePath: String, keyPath: String, setting: String) {
    self.certificatePath = certificatePath
    self.keyPath = keyPath
    self.setting = setting
  }
}
