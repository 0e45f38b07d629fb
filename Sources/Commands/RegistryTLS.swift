import Configuration
import Distribution
import HTTP

extension HTTPTransport.Options {
  /// Adds settings for TLS with a host: `host` (port 443) or `host:port`. Authorities are added to the known ones; the first client
  /// certificate stays.
  mutating func add(_ tls: HostTLS, for host: String) {
    let host = host.hasSuffix(":443") ? String(host.dropLast(4)) : host
    var known = hosts[host] ?? HostTLS()
    known.authorities += tls.authorities.filter { !known.authorities.contains($0) }
    if known.clientCertificate == nil { known.clientCertificate = tls.clientCertificate }
    if known.problem == nil { known.problem = tls.problem }
    hosts[host] = known
  }

  /// Adds what a rule says about its hosts; `path` says where a file that the rule names is.
  mutating func add(_ rule: RegistryRule, for hosts: [String], path: (ConfiguredFile) -> String) {
    var tls = HostTLS()
    if let ca = rule.ca { tls.authorities = [CertificateAuthority(path: path(ca), setting: "ca")] }
    if let files = rule.clientCertificate {
      tls.clientCertificate = ClientCertificate(
        certificatePath: path(files.certificate), keyPath: path(files.key), setting: "client-certificate")
    }
    guard tls != HostTLS() else { return }
    for host in hosts { add(tls, for: host) }
  }
}
