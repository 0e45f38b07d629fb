import Distribution
import HTTP
import Testing

@Suite struct RedirectTests {
  static func decide(_ from: String, _ location: String?, status: Int = 307, origin: String? = nil, followed: Int = 0) throws -> Redirect? {
    let from = try HTTPURL(parsing: from)
    let response = HTTPResponse(status: status, headers: location.map { ["Location": $0] } ?? [:])
    return Redirect(
      response, from: from, origin: NamingServer(try origin.map { try HTTPURL(parsing: $0) } ?? from, peer: nil), followed: followed)
  }

  @Test(arguments: [
    ("https://a.test/v2/x", "https://b.test/y", "https://b.test/y"),
    ("https://a.test/v2/x", "/v2/library/x", "https://a.test/v2/library/x"),
    ("http://127.0.0.1:5000/v2/x", "http://127.0.0.1:5001/y", "http://127.0.0.1:5001/y"),
    ("http://10.0.0.1/v2/x", "http://192.168.0.1/y", "http://192.168.0.1/y"),
    ("http://registry.acme.test/v2/x", "https://registry.acme.test/v2/x", "https://registry.acme.test/v2/x"),
  ])
  func `follows`(_ from: String, _ location: String, _ target: String) throws {
    #expect(try Self.decide(from, location) == .follow(try HTTPURL(parsing: target)))
  }

  @Test(arguments: [(301, true), (302, true), (303, true), (307, true), (308, true), (300, false), (304, false), (200, false)])
  func `knows the statuses that redirect`(_ status: Int, _ redirects: Bool) throws {
    #expect(try (Self.decide("https://a.test/x", "/y", status: status) != nil) == redirects)
  }

  @Test func `refuses https to http`() throws {
    #expect(try Self.decide("https://a.test/x", "http://a.test/x") == .refuse(.downgrade(to: "a.test")))
    #expect(try Self.decide("https://127.0.0.1/x", "http://127.0.0.1/x") == .refuse(.downgrade(to: "127.0.0.1")))
  }

  @Test(arguments: [
    "127.0.0.1", "localhost", "x.localhost", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "[::1]",
    "[fe80::1]",
    "[fd00::1]", "[::ffff:127.0.0.1]", "[::]",
  ])
  func `refuses local addresses, if it was not asked at one`(_ host: String) throws {
    #expect(try Self.decide("https://a.test/x", "https://\(host)/y") == .refuse(.localAddress(host)))
    #expect(
      try Self.decide("https://b.test/x", "https://\(host)/y", origin: "https://a.test/x", followed: 1) == .refuse(.localAddress(host)))
    #expect(try Self.decide("http://127.0.0.1:5000/x", "http://\(host)/y") == .follow(try HTTPURL(parsing: "http://\(host)/y")))
  }

  @Test(arguments: [
    ("10.0.0.1", "127.0.0.1", false), ("10.0.0.1", "169.254.169.254", false), ("10.0.0.1", "192.168.1.1", true),
    ("169.254.1.1", "127.0.0.1", false), ("169.254.1.1", "169.254.1.2", true), ("169.254.1.1", "10.0.0.1", true),
    ("127.0.0.1", "169.254.169.254", true), ("[fd00::1]", "[::1]", false), ("[fe80::1]", "[fd00::1]", true), ("[::1]", "127.0.0.1", true),
  ])
  func `refuses what is nearer than the server that was asked`(_ from: String, _ to: String, _ isFollowed: Bool) throws {
    let target = try HTTPURL(parsing: "http://\(to)/y")
    #expect(try Self.decide("http://\(from)/x", "http://\(to)/y") == (isFollowed ? .follow(target) : .refuse(.localAddress(to))))
    // A name is as near as what it leads to.
    let named = NamingServer(try HTTPURL(parsing: "http://a.test/"), peer: IPAddress(from))
    #expect(named.mayName(target) == isFollowed)
  }

  @Test(arguments: [
    nil, "ftp://a.test/x", "https://user@a.test/x", "https://2130706433/x", "https://127.1/x", "javascript:alert(1)", "https://",
  ])
  func `refuses what is no place`(_ location: String?) throws {
    #expect(try Self.decide("https://a.test/x", location) == .refuse(.unusableLocation))
  }

  @Test func `stops after ten`() throws {
    #expect(try Self.decide("https://a.test/x", "/y", followed: 9) != .refuse(.tooMany(10)))
    #expect(try Self.decide("https://a.test/x", "/y", followed: 10) == .refuse(.tooMany(10)))
  }
}
