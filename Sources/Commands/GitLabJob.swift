import Configuration
import HTTP

/// What the variables of a GitLab job say about its server and the registry of it (GitLab documentation, "Predefined CI/CD variables").
struct GitLabJob: Sendable {
  /// The container registry: a host of its own, or GitLab's with another port.
  let registry: HostAndPort?
  /// GitLab itself, which is the registry's token service, too; by the variable that names it.
  let servers: [(variable: String, address: HostAndPort)]
  /// What its runner was told of TLS with these hosts, by `host` (port 443) or `host:port`.
  let hosts: [String: HostTLS]

  init(_ environment: Environment) {
    registry = environment["CI_REGISTRY"].flatMap { HostAndPort($0) }
    let port = environment["CI_SERVER_PORT"]
    let host = environment["CI_SERVER_HOST"].flatMap { host in port.flatMap { HostAndPort("\(host):\($0)") } ?? HostAndPort(host) }
    let url = environment["CI_SERVER_URL"].flatMap { try? BaseURL(parsing: $0) }?.authority
    servers = [("CI_SERVER_HOST", host), ("CI_SERVER_URL", url)].compactMap { variable, address in address.map { (variable, $0) } }
    // The runner has files of its own for them (`tls-ca-file`, `tls-cert-file`, `tls-key-file`), and hands them to the job.
    func file(_ variable: String) -> String? { environment[variable].map { Paths.absolute($0, from: environment.workingDirectory) } }
    var tls = HostTLS()
    if let authority = file("CI_SERVER_TLS_CA_FILE") {
      tls.authorities = [CertificateAuthority(path: authority, setting: "CI_SERVER_TLS_CA_FILE")]
    }
    var known = [registry].compactMap(\.self).map { ($0, tls) }
    // By which GitLab itself knows the runner: its git is told the same for the server alone.
    if let certificate = file("CI_SERVER_TLS_CERT_FILE"), let key = file("CI_SERVER_TLS_KEY_FILE") {
      tls.clientCertificate = ClientCertificate(
        certificatePath: certificate, keyPath: key, setting: "CI_SERVER_TLS_CERT_FILE and CI_SERVER_TLS_KEY_FILE")
    }
    known = servers.map { ($0.address, tls) } + known
    hosts = Dictionary(
      known.filter { $0.1 != HostTLS() }.map { ($0.port == 443 ? $0.host : $0.description, $1) }, uniquingKeysWith: { first, _ in first })
  }
}
