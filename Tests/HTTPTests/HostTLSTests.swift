import HTTP
import Testing

/// What is particular to TLS with a host stays with that host.
@Suite struct HostTLSTests {
  @Test(arguments: [
    ("https://r.test:5000/v2/", true), ("https://R.test:5000/token", true), ("https://r.test/token", false),
    ("https://r.test:5001/token", false), ("https://auth.r.test:5000/token", false), ("https://s.test/", true),
    ("https://s.test:443/", true), ("https://s.test:5000/", false), ("https://evil-s.test/", false),
  ])
  func `a client certificate is for one host and one port`(_ written: String, _ isShown: Bool) async throws {
    let mine = HostTLS(clientCertificate: ClientCertificate(certificatePath: "/c.pem", keyPath: "/k.pem", setting: "test"))
    var options = HTTPTransport.Options(userAgent: "test", environment: [:])
    options.hosts = ["r.test:5000": mine, "s.test": mine]
    let transport = HTTPTransport(options)
    #expect(transport.tls(for: try HTTPURL(parsing: written)) == (isShown ? mine : HostTLS()))
    await transport.shutdown()
  }
}
