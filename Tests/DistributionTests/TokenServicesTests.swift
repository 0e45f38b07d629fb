import Distribution
import HTTP
import Testing

@Suite struct TokenServicesTests {
  static let allowing = TokenServices(allowing: [
    "Registry.acme.test": ["SSO.acme.test"], "ported.test:5000": ["login.test:8443"], "docker.io": ["hub.test"],
  ])

  @Test(arguments: [
    ("https://ghcr.io", "https://ghcr.io/token"),
    ("https://GHCR.IO", "https://ghcr.io/token"),
    ("https://harbor.acme.test:5050", "https://harbor.acme.test/service/token"),
    ("https://registry-1.docker.io", "https://auth.docker.io/token"),
    ("https://registry.gitlab.com", "https://gitlab.com/jwt/auth"),
    ("https://registry.acme.test", "https://sso.acme.test/token"),
    ("http://127.0.0.1:5000", "http://127.0.0.1:5001/token"),
    ("http://localhost:5000", "https://localhost/token"),
  ])
  func `lets credentials go to the registry's own host and to known services`(_ registry: String, _ realm: String) throws {
    #expect(Self.allowing.withholding(realm: try HTTPURL(parsing: realm), registry: try HTTPURL(parsing: registry)) == nil)
  }

  @Test(arguments: [
    ("https://ghcr.io", "https://auth.docker.io/token"),
    ("https://ghcr.io", "https://evil.ghcr.io/token"),
    ("https://ghcr.io", "https://ghcr.io.evil.test/token"),
    ("https://evil.test", "https://auth.docker.io/token"),
    ("https://auth.docker.io", "https://registry-1.docker.io/token"),
    ("https://registry.gitlab.com", "https://registry.gitlab.com.evil.test/jwt/auth"),
    // Hosts of one label have no registrable domain; that two have none does not make them equal.
    ("https://registry", "https://token/"), ("https://com", "https://net/"),
    ("https://other.acme.test", "https://sso.acme.test/token"),
    ("http://127.0.0.1:5000", "http://127.0.0.2:5000/token"),
    ("http://127.0.0.1:5000", "https://auth.docker.io/token"),
  ])
  func `holds credentials back from any other service`(_ registry: String, _ realm: String) throws {
    let realm = try HTTPURL(parsing: realm)
    let registry = try HTTPURL(parsing: registry)
    #expect(Self.allowing.withholding(realm: realm, registry: registry) == .foreignService(host: realm.host, registry: registry.host))
  }

  @Test(arguments: [
    ("https://ghcr.io", "http://ghcr.io/token"), ("http://registry.acme.test", "http://registry.acme.test/token"),
    ("https://ghcr.io", "http://127.0.0.1/token"), ("https://registry.acme.test", "http://sso.acme.test/token"),
  ])
  func `holds credentials back from plain http`(_ registry: String, _ realm: String) throws {
    let realm = try HTTPURL(parsing: realm)
    #expect(Self.allowing.withholding(realm: realm, registry: try HTTPURL(parsing: registry)) == .plainHTTP(host: realm.authority))
  }
}
