import Distribution
import Testing

@Suite struct CredentialKeyTests {
  @Test(arguments: [
    ("ghcr.io", "ghcr.io", ""), ("GHCR.io", "ghcr.io", ""), ("https://ghcr.io", "ghcr.io", ""), ("https://ghcr.io/v2/", "ghcr.io", ""),
    ("HTTP://localhost:5000/x/y", "localhost:5000", ""), ("registry.acme.test:5000", "registry.acme.test:5000", ""),
    ("https://index.docker.io/v1/", "docker.io", ""), ("index.docker.io", "docker.io", ""), ("index.docker.io/v1/", "docker.io", ""),
    ("registry-1.docker.io", "docker.io", ""), ("docker.io", "docker.io", ""), ("docker.io/grafana", "docker.io", "grafana"),
    ("quay.io/acme/app/", "quay.io", "acme/app"), ("quay.io/v2", "quay.io", ""),
  ])
  func `knows which registry and namespace a key means`(_ written: String, _ registry: String, _ namespace: String) {
    #expect(CredentialKey(written).registry == registry)
    #expect(CredentialKey(written).namespace == namespace)
  }

  @Test(arguments: [
    (
      ["quay.io", "quay.io/acme", "quay.io/acme/app", "https://quay.io"], "quay.io", "acme/app",
      ["quay.io/acme/app", "quay.io/acme", "quay.io", "https://quay.io"]
    ),
    (["quay.io/acme"], "quay.io", "acme2/app", []),
    (["quay.io:443", "evil.quay.io", "quay.io.evil.test"], "quay.io", "a", []),
    (["https://index.docker.io/v1/"], "docker.io", "library/nginx", ["https://index.docker.io/v1/"]),
    (["docker.io/library"], "docker.io", "library/nginx", ["docker.io/library"]),
    (
      ["docker.io", "index.docker.io", "https://index.docker.io/v1/"], "docker.io", "a",
      ["https://index.docker.io/v1/", "docker.io", "index.docker.io"]
    ),
    (["localhost:5000"], "localhost:5000", "a", ["localhost:5000"]), (["localhost"], "localhost:5000", "a", []),
  ])
  func `the longest namespace comes first`(_ keys: [String], _ registry: String, _ repository: String, _ expected: [String]) {
    #expect(CredentialKey.matching(keys, registry: registry, repository: repository) == expected)
  }

  @Test func `helpers know Docker Hub by its old address`() {
    #expect(CredentialKey.helperKey(for: "docker.io") == "https://index.docker.io/v1/")
    #expect(CredentialKey.helperKey(for: "ghcr.io") == "ghcr.io")
  }
}
