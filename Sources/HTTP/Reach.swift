/// How far from this machine an address is, the nearest first.
package enum Reach: Int, Comparable, Sendable {
  /// Loopback, and the address of no host at all.
  case machine
  /// Link-local: a cloud's metadata service lives there.
  case link
  /// Private (RFC 1918, RFC 4193, RFC 6598).
  case network
  /// Anywhere else.
  case world

  package static func < (a: Reach, b: Reach) -> Bool { a.rawValue < b.rawValue }
}

extension IPAddress {
  /// An IPv4 address within an IPv6 one counts as what it is.
  package var reach: Reach {
    guard isV6 else { return Self.reach(v4: bytes[...]) }
    if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == bytes[11], bytes[10] == 0 || bytes[10] == 0xFF {
      return bytes[10] == 0 ? .machine : Self.reach(v4: bytes[12...])
    }
    if bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B]) { return Self.reach(v4: bytes[12...]) }
    if bytes[0] == 0xFE, bytes[1] & 0xC0 == 0x80 { return .link }
    return bytes[0] & 0xFE == 0xFC ? .network : .world
  }

  private static func reach(v4: ArraySlice<UInt8>) -> Reach {
    switch (v4[v4.startIndex], v4[v4.startIndex + 1]) {
    case (0, _), (127, _): .machine
    case (169, 254): .link
    case (10, _), (192, 168), (172, 16...31), (100, 64...127): .network
    default: .world
    }
  }
}

/// A server that names other places, in a redirect or as its token service. None of them may be nearer to this machine than it is itself:
/// it could make tagpin ask what it cannot reach, and be told the answer.
package struct NamingServer: Hashable, Sendable {
  package let url: HTTPURL
  /// By its URL, and by the other end of its connection where that is known: a name may stand for a private address.
  private let reach: Reach

  package init(_ url: HTTPURL, peer: IPAddress?) {
    self.url = url
    reach = min(Self.reach(of: url), peer?.reach ?? .world)
  }

  /// Whether the target may be asked, as far as its URL tells: a name is looked up when it is connected to.
  package func mayName(_ target: HTTPURL) -> Bool { isItself(target) || Self.reach(of: target) >= reach }

  /// A request to a target that it named: it fails where a name leads nearer than it may.
  package func restricted(_ request: HTTPRequest) -> HTTPRequest {
    var request = request
    request.nearest = isItself(request.url) ? .machine : reach
    return request
  }

  /// Its own host, which a certificate proves, on whatever port.
  private func isItself(_ target: HTTPURL) -> Bool { target.scheme == .https && url.scheme == .https && target.host == url.host }

  private static func reach(of url: HTTPURL) -> Reach {
    url.isLoopback || url.host.hasSuffix(".localhost") ? .machine : url.ipAddress?.reach ?? .world
  }
}
