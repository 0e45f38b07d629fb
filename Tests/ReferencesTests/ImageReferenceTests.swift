import References
import Testing

/// The grammar of `distribution/reference` (regexp.go, normalize.go, reference.go), as a table of inputs.
@Suite struct ImageReferenceTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let input: String
    let registry: String
    let repository: String
    let tag: String?
    let digest: String?

    init(_ input: String, _ registry: String, _ repository: String, tag: String? = nil, digest: String? = nil) {
      self.input = input
      self.registry = registry
      self.repository = repository
      self.tag = tag
      self.digest = digest
    }

    var testDescription: String { input }
  }

  static let hex64 = String(repeating: "a", count: 64)
  static let hex128 = String(repeating: "a", count: 128)
  static func a(_ count: Int) -> String { String(repeating: "a", count: count) }

  static let valid: [Vector] = [
    Vector("ubuntu", "docker.io", "library/ubuntu"),
    Vector("ubuntu:24.04", "docker.io", "library/ubuntu", tag: "24.04"),
    Vector("library/ubuntu", "docker.io", "library/ubuntu"),
    Vector("docker.io/ubuntu", "docker.io", "library/ubuntu"),
    Vector("docker.io/library/ubuntu", "docker.io", "library/ubuntu"),
    Vector("index.docker.io/ubuntu", "docker.io", "library/ubuntu"),
    Vector("index.docker.io/library/ubuntu:20.04", "docker.io", "library/ubuntu", tag: "20.04"),
    Vector("registry-1.docker.io/library/ubuntu", "registry-1.docker.io", "library/ubuntu"),
    Vector("registry.hub.docker.com/library/ubuntu", "registry.hub.docker.com", "library/ubuntu"),
    Vector("docker.io/library/foo/bar", "docker.io", "library/foo/bar"),
    Vector("docker.io/a/b/c:x", "docker.io", "a/b/c", tag: "x"),
    Vector("fooo/bar", "docker.io", "fooo/bar"),
    Vector("localhost", "docker.io", "library/localhost"),
    Vector("localhost:5000", "docker.io", "library/localhost", tag: "5000"),
    Vector("localhost/foo", "localhost", "foo"),
    Vector("localhost:5000/foo:1", "localhost:5000", "foo", tag: "1"),
    Vector("example.com", "docker.io", "library/example.com"),
    Vector("example.com:5000", "docker.io", "library/example.com", tag: "5000"),
    Vector("example.com/foo", "example.com", "foo"),
    Vector("example.com:5000/foo:1", "example.com:5000", "foo", tag: "1"),
    Vector("example:5000/foo", "example:5000", "foo"),
    Vector("example/foo", "docker.io", "example/foo"),
    Vector("test_com/foo", "docker.io", "test_com/foo"),
    Vector("Foo/bar", "Foo", "bar"),
    Vector("FOO/bar:Tag", "FOO", "bar", tag: "Tag"),
    Vector("EXAMPLE.COM/foo:latest", "EXAMPLE.COM", "foo", tag: "latest"),
    Vector("DOCKER.IO/ubuntu", "DOCKER.IO", "ubuntu"),
    Vector("192.168.0.1", "docker.io", "library/192.168.0.1"),
    Vector("192.168.0.1:80", "docker.io", "library/192.168.0.1", tag: "80"),
    Vector("192.168.0.1:8/debian", "192.168.0.1:8", "debian"),
    Vector("[::1]:5000/foo:1", "[::1]:5000", "foo", tag: "1"),
    Vector("[::1]/foo", "[::1]", "foo"),
    Vector("xn--n3h.com/foo", "xn--n3h.com", "foo"),
    Vector("a/b__c", "docker.io", "a/b__c"),
    Vector("a/b---c", "docker.io", "a/b---c"),
    Vector("repo:_x", "docker.io", "library/repo", tag: "_x"),
    Vector("repo:\(a(128))", "docker.io", "library/repo", tag: a(128)),
    Vector("lowercase:Uppercase", "docker.io", "library/lowercase", tag: "Uppercase"),
    Vector("repo@sha256:\(hex64)", "docker.io", "library/repo", digest: "sha256:\(hex64)"),
    Vector("repo:tag@sha256:\(hex64)", "docker.io", "library/repo", tag: "tag", digest: "sha256:\(hex64)"),
    Vector("localhost:5000/foo:1@sha256:\(hex64)", "localhost:5000", "foo", tag: "1", digest: "sha256:\(hex64)"),
    Vector("repo@sha512:\(hex128)", "docker.io", "library/repo", digest: "sha512:\(hex128)"),
    Vector("docker.io/\(hex64)", "docker.io", "library/\(hex64)"),
    Vector(a(63), "docker.io", "library/\(a(63))"),
    Vector("sha256:\(hex64)", "docker.io", "library/sha256", tag: hex64),
    Vector("example.com/\(a(255))", "example.com", a(255)),
    Vector(a(247), "docker.io", "library/\(a(247))"),
    Vector("scratch", "docker.io", "library/scratch"),
    Vector("gcr.io/project-id/google.com/x:test.example.com", "gcr.io", "project-id/google.com/x", tag: "test.example.com"),
    Vector("public.ecr.aws/docker/library/alpine:3", "public.ecr.aws", "docker/library/alpine", tag: "3"),
    Vector("host:99999/foo", "host:99999", "foo"),
  ]

  @Test(arguments: valid)
  func `is split into registry, repository, tag and digest`(_ vector: Vector) throws {
    let reference = try ImageReference(parsing: vector.input)
    #expect(reference.name.registry == vector.registry)
    #expect(reference.name.repository == vector.repository)
    #expect(reference.tag?.text == vector.tag)
    #expect(reference.digest?.description == vector.digest)
    #expect(reference.effectiveTag?.text == (vector.tag ?? (vector.digest == nil ? "latest" : nil)))
    #expect(Array(reference.written.utf8) == Array(vector.input.utf8), "printing gives back what was written")
    #expect(vector.input.utf8.starts(with: reference.writtenName.utf8))
    let again = try ImageReference(parsing: reference.normalised)
    #expect(again.tag == reference.tag && again.digest == reference.digest)
    #expect(again.name == reference.name, "the normalised form names the same image")
  }

  static let invalid: [String] = [
    "", "example.com/", "example.com:http/foo", "example./foo", "foo_bar.com:8080/app", "docker/Docker", "Uppercase:tag",
    "[fc00::1]:5000", "fc00::1:5000/debian", "[fe80::1%eth0]:5000/x", "[2001:db8:3:4::192.0.2.33]:5000/debian",
    "a/b___c", "a/b..c", "a/b_.c", "a/-b", "a/b-", "a//b", "a/b/", "/a/b", "https://example.com/foo", "docker://alpine",
    "repo:", "repo:-x", "repo:.x", "repo:\(a(129))", "repo:tag with space", "repo:v1\n", "repo:é", "repo:e\u{301}", "répo",
    "repo:١", "repo@sha256:\(a(63))", "repo@sha256:\(String(repeating: "A", count: 64))", "repo@SHA256:\(hex64)",
    "repo@sha512:\(hex64)", "repo@md5:\(a(32))", "repo@sha256:\(hex64):tag", "repo@sha256:\(hex64)@sha256:\(hex64)",
    "@sha256:\(hex64)", ":tag", "repo@", hex64, "example.com/\(a(256))", a(248), "host:/foo", "a.b:5/c:6/d", " ubuntu", "ubuntu ",
    "ubuntu\r\n", "-foo/bar", "[]/foo", "[::1]x/foo", "example-.com/foo", "\0",
  ]

  @Test(arguments: invalid)
  func `is refused where the grammar does not hold`(_ input: String) {
    #expect(throws: ImageReferenceError.self) { try ImageReference(parsing: input) }
  }

  @Test(arguments: [
    ("", "the reference is empty"),
    ("docker://alpine", "an image reference has no scheme; leave 'docker://' away"),
    ("docker/Docker", "the repository name 'docker/Docker' must be lower case"),
    ("repo:-x", "'-x' is not a tag"),
    ("a//b", "'a//b' is not a repository name"),
    (a(248), "the repository name has 256 bytes, more than 255"),
    (hex64, "64 hexadecimal digits are an image id, not a repository name"),
  ])
  func `says what is wrong in the user's words`(_ input: String, _ message: String) {
    #expect { try ImageReference(parsing: input) } throws: { "\($0)" == message }
  }

  @Test(arguments: [
    ("docker.io/library/nginx", "nginx"), ("docker.io/grafana/loki", "grafana/loki"),
    ("docker.io/library/foo/bar", "library/foo/bar"), ("ghcr.io/acme/app", "ghcr.io/acme/app"),
  ])
  func `prints the familiar name`(_ input: String, _ expected: String) throws {
    #expect(try ImageReference(parsing: input).name.familiar == expected)
  }
}
