import HTTP
import Testing

@Suite struct HTTPURLTests {
  @Test(arguments: [
    ("https://registry.test", "https://registry.test/"),
    ("https://registry.test/v2/", "https://registry.test/v2/"),
    ("HTTPS://Registry.TEST:5000/V2/?a=b&c", "https://registry.test:5000/V2/?a=b&c"),
    ("http://127.0.0.1:80/x", "http://127.0.0.1:80/x"),
    ("http://[::1]:5000/v2/a/manifests/sha256:ab", "http://[::1]:5000/v2/a/manifests/sha256:ab"),
    ("https://h_1.a-b.test./%2F", "https://h_1.a-b.test./%2F"),
    ("https://a?x=/y", "https://a/?x=/y"),
    ("https://a/?", "https://a/?"),
    ("https://1password.test/1", "https://1password.test/1"),
  ])
  func `a URL is read and printed`(text: String, printed: String) throws {
    #expect(try HTTPURL(parsing: text).description == printed)
  }

  @Test(arguments: [
    ("", HTTPURLError.unsupportedScheme("")),
    ("registry.test", .unsupportedScheme("")),
    ("registry.test:5000/v2", .unsupportedScheme("")),
    ("https:registry.test", .unsupportedScheme("")),
    ("//registry.test/", .unsupportedScheme("")),
    ("ftp://registry.test/", .unsupportedScheme("ftp")),
    ("https://", .invalidHost("")),
    ("https:///path", .invalidHost("")),
    ("https://user@registry.test/", .userInformation),
    ("https://user:secret@registry.test/", .userInformation),
    ("https://registry.test@evil.test/", .userInformation),
    ("https://registry.test/#x", .fragment),
    ("https://registry.test#x", .fragment),
    ("https://registry.test:/", .invalidPort("")),
    ("https://registry.test:0/", .invalidPort("0")),
    ("https://registry.test:65536/", .invalidPort("65536")),
    ("https://registry.test:+80/", .invalidPort("+80")),
    ("https://registry.test:99999999999999999999/", .invalidPort("99999999999999999999")),
    ("https://a..b/", .invalidHost("a..b")),
    ("https://.a/", .invalidHost(".a")),
    ("https://a%2eb/", .invalidHost("a%2eb")),
    ("https://127.1/", .invalidHost("127.1")),
    ("https://2130706433/", .invalidHost("2130706433")),
    ("https://0x7f000001/", .invalidHost("0x7f000001")),
    ("https://127.0.0.01/", .invalidHost("127.0.0.01")),
    ("https://127.0.0.1./", .invalidHost("127.0.0.1.")),
    ("https://[::1/", .invalidHost("[::1")),
    ("https://[fe80::1%25eth0]/", .invalidHost("[fe80::1%25eth0]")),
    ("https://[::1]x/", .invalidHost("[::1]x")),
    ("https://[127.0.0.1]/", .invalidHost("[127.0.0.1]")),
    ("https://a/b c", .invalidCharacter(byteOffset: 11)),
    ("https://a/\r\nX: y", .invalidCharacter(byteOffset: 10)),
    ("https://a/\u{0}", .invalidCharacter(byteOffset: 10)),
    ("https://a/é", .invalidCharacter(byteOffset: 10)),
    ("https://a/%2", .invalidCharacter(byteOffset: 10)),
    ("https://a/%zz", .invalidCharacter(byteOffset: 10)),
    ("https://a\\b/", .invalidCharacter(byteOffset: 9)),
  ])
  func `a text that is no such URL is refused`(text: String, error: HTTPURLError) {
    #expect(throws: error) { try HTTPURL(parsing: text) }
  }

  @Test func `a refused user name is not repeated in the message`() {
    #expect(!HTTPURLError.userInformation.description.contains("secret"))
  }

  /// Mostly the examples of RFC 3986 section 5.4.
  @Test(arguments: [
    ("http://g/h", "http://g/h"), ("HTTPS://G:8443/h?q", "https://g:8443/h?q"),
    ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"), ("//g", "http://g/"),
    ("//g:81/x", "http://g:81/x"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q"),
    ("g#s", "http://a/b/c/g"),
    ("g?y#s", "http://a/b/c/g?y"), (";x", "http://a/b/c/;x"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"),
    ("..", "http://a/b/"), ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../g", "http://a/g"),
    ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"),
    ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"), ("g?y/../x", "http://a/b/c/g?y/../x"),
    ("g/sha256:1", "http://a/b/c/g/sha256:1"), ("/a b/é", "http://a/a%20b/%C3%A9"), ("/a//b", "http://a/a//b"),
    ("http://g/a/../b", "http://g/b"),
  ])
  func `a Location is resolved`(reference: String, target: String) throws {
    let base = try HTTPURL(parsing: "http://a/b/c/d;p?q")
    #expect(try base.resolving(reference).description == target)
  }

  @Test(arguments: [
    "file:///etc/passwd", "http:g", "javascript:alert", "//user@evil.test/", "https://u:p@evil.test", "/a\r\nb", "//", "http://", "/%zz",
  ])
  func `a Location that cannot be followed is refused`(reference: String) throws {
    let base = try HTTPURL(parsing: "https://a/b")
    #expect(throws: HTTPURLError.self) { try base.resolving(reference) }
  }

  @Test(arguments: [
    ("https://a/x", "https://A:443/y?z", true), ("http://a", "http://a:80", true), ("https://a", "http://a", false),
    ("https://a", "https://a:444", false), ("https://a", "https://b", false), ("http://a:443", "https://a", false),
  ])
  func `an origin is scheme, host and effective port`(first: String, second: String, same: Bool) throws {
    #expect(try (HTTPURL(parsing: first).origin == HTTPURL(parsing: second).origin) == same)
  }

  @Test(arguments: [
    ("localhost", true), ("LOCALHOST", true), ("127.0.0.1", true), ("127.255.3.4", true), ("[::1]", true), ("[0:0:0:0:0:0:0:1]", true),
    ("a.localhost", false), ("localhost.", false), ("localhost.test", false), ("128.0.0.1", false), ("0.0.0.0", false), ("[::]", false),
    ("[::ffff:127.0.0.1]", false), ("[::2]", false), ("10.0.0.1", false), ("127.0.0.1.nip.test", false),
  ])
  func `loopback is localhost, 127/8 and ::1 alone`(host: String, isLoopback: Bool) throws {
    #expect(try HTTPURL(parsing: "http://\(host):5000/").isLoopback == isLoopback)
  }

  @Test(arguments: [
    ("10.1.2.3", Reach.network), ("172.16.0.1", .network), ("172.32.0.1", .world), ("192.168.1.1", .network), ("169.254.169.254", .link),
    ("100.64.0.1", .network), ("0.0.0.0", .machine), ("127.255.0.1", .machine), ("8.8.8.8", .world), ("::1", .machine), ("::", .machine),
    ("fd00::1", .network), ("fe80::1", .link), ("2001:db8::1", .world), ("::ffff:10.0.0.1", .network), ("::ffff:8.8.8.8", .world),
    ("64:ff9b::7f00:1", .machine),
  ])
  func `how near an address is, is known`(address: String, reach: Reach) throws {
    #expect(try #require(IPAddress(address)).reach == reach)
  }

  @Test func `parts are percent-encoded`() {
    #expect(HTTPURL.percentEncoded("repository:a/b:pull&x=é+", as: .queryValue) == "repository%3Aa%2Fb%3Apull%26x%3D%C3%A9%2B")
    #expect(HTTPURL.percentEncoded("sha256:a/b?c#d e%\r", as: .pathComponent) == "sha256:a%2Fb%3Fc%23d%20e%25%0D")
  }
}
