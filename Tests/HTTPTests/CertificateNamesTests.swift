import Testing

@testable import HTTP

@Suite struct CertificateNamesTests {
  /// What Go's crypto/x509 is tested with (`matchHostnamesTests`): docker and crane are written in Go.
  @Test(arguments: [
    ("a.b.c", "a.b.c", true), ("a.b.c", "b.b.c", false), ("", "b.b.c", false), ("a.b.c", "", false),
    ("example.com", "example.com", true), ("example.com", "www.example.com", false),
    ("*.example.com", "example.com", false), ("*.example.com", "www.example.com", true),
    ("*.example.com", "www.example.com.", true), ("*.example.com", "xyz.www.example.com", false),
    ("*.example.com", "https://www.example.com", false), ("*.example..com", "www.example..com", false),
    ("www.example..com", "www.example..com", true), ("*.*.example.com", "xyz.www.example.com", false),
    ("*.www.*.com", "xyz.www.example.com", false), ("*bar.example.com", "foobar.example.com", false),
    ("f*.example.com", "foobar.example.com", false), ("www.example.com", "*.example.com", false),
    ("", ".", false), (".", "", false), (".", ".", false),
    ("example.com", "example.com.", true), ("example.com.", "example.com", false), ("example.com.", "example.com.", true),
    ("*.com.", "example.com.", false), ("*.com.", "example.com", false), ("*.com", "example.com", true), ("*.com", "example.com.", true),
    ("foo:bar", "foo:bar", true), ("*.foo:bar", "xxx.foo:bar", false),
    ("*.2.3.4", "1.2.3.4", false), ("*.2.3.4", "[1.2.3.4]", false),
    ("*:4860:4860::8888", "2001:4860:4860::8888", false), ("*:4860:4860::8888", "[2001:4860:4860::8888]", false),
    ("2001:4860:4860::8888", "2001:4860:4860::8888", false), ("2001:4860:4860::8888", "[2001:4860:4860::8888]", false),
    ("[2001:4860:4860::8888]", "2001:4860:4860::8888", false), ("[2001:4860:4860::8888]", "[2001:4860:4860::8888]", false),
    // And a few more of that kind.
    ("*", "localhost", false), ("*", "*", true), ("LOCALhost", "localHOST", true), ("*.localhost", "a.localhost", true),
    ("127.0.0.1", "127.0.0.1", false), ("xn--bcher-kva.test", "XN--bcher-kva.test", true), ("*.test", "xn--bcher-kva.test", true),
    ("bücher.test", "xn--bcher-kva.test", false), ("xn--*.test", "xn--bcher-kva.test", false), ("_a.b_c.test", "_a.b_c.test", true),
    ("-a.test", "-a.test", true), ("*.-a.test", "x.-a.test", false), ("registry.test\u{0}.evil.test", "registry.test", false),
    // The Kelvin sign, whose lower case is a `k`.
    ("\u{212A}.test", "k.test", false), ("a..test", "a.test", false), (".test", "a.test", false), ("a.test", "a..test", false),
  ])
  func `names are compared as Go does`(name: String, host: String, isIncluded: Bool) {
    #expect(CertificateNames(names: [Array(name.utf8)]).include(host) == isIncluded)
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("192.0.2.1", "registry.test", false),
    ("2001:db8::1", "[2001:db8::1]", true), ("2001:db8::1", "[2001:DB8:0::0:1]", true), ("2001:db8::1", "[2001:db8::2]", false),
    ("192.0.2.1", "[::ffff:192.0.2.1]", true), ("::ffff:192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "[::192.0.2.1]", false),
  ])
  func `an address is compared with addresses, by its value`(address: String, host: String, isIncluded: Bool) throws {
    #expect(CertificateNames(addresses: [try #require(IPAddress(address))]).include(host) == isIncluded)
  }

  @Test func `one of several names is enough, and none is not`() throws {
    let address = try #require(IPAddress("192.0.2.1"))
    let names = CertificateNames(names: ["a.test", "*.b.test"].map { Array($0.utf8) }, addresses: [address])
    #expect(["a.test", "x.b.test", "192.0.2.1"].allSatisfy(names.include))
    #expect(!["b.test", "c.test", "192.0.2.2"].contains(where: names.include))
    #expect(!CertificateNames().include("a.test"))
  }

  @Test(
    arguments: [
      ([], "", ""), (["a.test"], "", "'a.test'"), (["a.test", "*.b.test"], "", "'a.test' and '*.b.test'"),
      (["a.test"], "2001:DB8::1", "'a.test' and 2001:db8::1"), (["a", "b", "c", "d"], "192.0.2.1", "'a', 'b', 'c' and 2 more"),
      (["a\u{1B}[31m\n::error::b"], "", "'a [31m ::error::b'"),
    ] as [([String], String, String)])
  func `a few names are shown, and nothing that steers a terminal`(names: [String], address: String, text: String) {
    #expect("\(CertificateNames(names: names.map { Array($0.utf8) }, addresses: IPAddress(address).map { [$0] } ?? []))" == text)
  }
}
