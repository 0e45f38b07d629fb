import HTTP
import Testing

@Suite struct ProxySettingsTests {
  private func proxy(for url: String, _ environment: [String: String], proxiesLoopback: Bool = false) throws -> String? {
    let settings = ProxySettings(environment: environment, proxiesLoopback: proxiesLoopback)
    return try settings.proxy(for: HTTPURL(parsing: url)).map { "\($0.kind) \($0.authority)" }
  }

  @Test(
    arguments: [
      ("https://a.test/", ["HTTPS_PROXY": "http://p:3128"], "http p:3128"),
      ("https://a.test/", ["https_proxy": "p:3128"], "http p:3128"),
      ("https://a.test/", ["HTTPS_PROXY": "up:1", "https_proxy": "low:1"], "http up:1"),
      ("https://a.test/", ["HTTPS_PROXY": "", "https_proxy": "low:1"], "http low:1"),
      ("https://a.test/", ["HTTP_PROXY": "p:1"], nil),
      ("http://a.test/", ["HTTPS_PROXY": "p:1"], nil),
      ("http://a.test/", ["HTTP_PROXY": "p:1"], "http p:1"),
      ("http://a.test/", ["HTTP_PROXY": "p:1", "REQUEST_METHOD": "GET"], nil),
      ("http://a.test/", ["http_proxy": "p:1", "HTTP_PROXY": "evil:1", "REQUEST_METHOD": "GET"], "http p:1"),
      ("http://a.test/", ["ALL_PROXY": "socks5://s"], "socks5 s:1080"),
      ("https://a.test/", ["all_proxy": "socks5h://s:9"], "socks5 s:9"),
      ("https://a.test/", ["ALL_PROXY": "all:1", "HTTPS_PROXY": "own:1"], "http own:1"),
      ("https://a.test/", ["HTTPS_PROXY": "http://p"], "http p:80"),
      ("https://a.test/", ["HTTPS_PROXY": "http://[::1]:3128/"], "http [::1]:3128"),
      ("https://a.test/", ["HTTPS_PROXY": "https://secure"], "https secure:443"),
      ("http://a.test/", ["HTTP_PROXY": "https://u:p@secure:3129/"], "https secure:3129"),
      ("https://a.test/", ["HTTPS_PROXY": "p:1", "NO_PROXY": "a.test"], nil),
      ("https://a.test/", ["HTTPS_PROXY": "p:1", "no_proxy": "b.test, a.test"], nil),
      ("http://localhost:5000/", ["HTTP_PROXY": "p:1"], nil),
      ("http://127.0.0.9/", ["HTTP_PROXY": "p:1"], nil),
      ("https://[::1]/", ["HTTPS_PROXY": "p:1"], nil),
      ("https://a.test/", [:], nil),
    ] as [(String, [String: String], String?)])
  func `the environment names the proxy`(url: String, environment: [String: String], expected: String?) throws {
    #expect(try proxy(for: url, environment) == expected)
  }

  @Test func `loopback goes through a proxy only where a test wants it`() throws {
    #expect(try proxy(for: "http://127.0.0.1/", ["http_proxy": "p:1"], proxiesLoopback: true) == "http p:1")
    #expect(HTTPTransport.Options(userAgent: "x", environment: ["TAGPIN_PROXY_LOOPBACK": "1"]).proxiesLoopback)
    #expect(!HTTPTransport.Options(userAgent: "x", environment: ["TAGPIN_PROXY_LOOPBACK": "0"]).proxiesLoopback)
  }

  @Test(arguments: [
    "https://secure:0", "ftp://p:1", "http:///", "http://p:0", "http://u:%zz@p:1", "http://p:1/path", "socks5://u:p@s", "p q",
  ])
  func `a value that is no proxy's address is an error without that value`(value: String) throws {
    let error = #expect(throws: HTTPError.self) { try proxy(for: "https://a.test/", ["HTTPS_PROXY": value]) }
    #expect(error.map { "\($0)".contains("HTTPS_PROXY") && !"\($0)".contains(value) } == true)
  }

  @Test func `user and password are decoded and kept out of the authority`() throws {
    let proxy = try #require(Proxy("http://us%40er:p%3Aa:ss@proxy.test:3128"))
    #expect(proxy.user == "us@er")
    #expect(proxy.password == "p:a:ss")
    #expect(proxy.authority == "proxy.test:3128")
  }

  @Test(arguments: [
    ("*", "https://a.test/", true),
    ("", "https://a.test/", false),
    ("a.test", "https://a.test/", true),
    ("A.TEST", "https://a.test/", true),
    ("a.test", "https://x.a.test/", true),
    ("a.test", "https://xa.test/", false),
    ("a.test", "https://a.test.evil/", false),
    (".a.test", "https://a.test/", false),
    (".a.test", "https://x.a.test/", true),
    ("*.a.test", "https://x.a.test/", true),
    ("*.a.test", "https://a.test/", false),
    ("a.test.", "https://a.test/", true),
    ("a.test", "https://a.test./", true),
    ("a.test:443", "https://a.test/", true),
    ("a.test:443", "https://a.test:5000/", false),
    ("a.test:5000", "https://x.a.test:5000/", true),
    ("a.test:x", "https://a.test/", false),
    ("b.test a.test", "https://a.test/", true),
    ("b.test,,a.test", "https://a.test/", true),
    ("10.0.0.1", "http://10.0.0.1/", true),
    ("10.0.0.1:80", "http://10.0.0.1/", true),
    ("10.0.0.1:81", "http://10.0.0.1/", false),
    ("0.0.1", "http://10.0.0.1/", false),
    ("10.0.0.0/8", "http://10.200.3.4/", true),
    ("10.0.0.0/8", "http://11.0.0.1/", false),
    ("10.0.0.128/25", "http://10.0.0.127/", false),
    ("10.0.0.128/25", "http://10.0.0.129/", true),
    ("0.0.0.0/0", "http://8.8.8.8/", true),
    ("10.0.0.1/32", "http://10.0.0.1/", true),
    ("10.0.0.0/8", "http://name.test/", false),
    ("fd00::/8", "http://[fd12::1]/", true),
    ("fd00::/8", "http://[fe12::1]/", false),
    ("2001:db8::1", "http://[2001:DB8:0::1]/", true),
    ("[2001:db8::1]:80", "http://[2001:db8::1]/", true),
    ("[2001:db8::1]:81", "http://[2001:db8::1]/", false),
    ("10.0.0.0/33", "http://10.0.0.1/", false),
  ])
  func `NO_PROXY names hosts`(list: String, url: String, matches: Bool) throws {
    #expect(try ProxyBypass(list).matches(HTTPURL(parsing: url)) == matches)
  }
}
