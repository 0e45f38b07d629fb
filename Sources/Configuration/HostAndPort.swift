import References

/// A host with or without a port: `registry.acme.test:5000`, `127.0.0.1`, `[::1]:5000`.
package struct HostAndPort: Hashable, Sendable, CustomStringConvertible {
  /// Lower case; an IPv6 address keeps its brackets.
  package let host: String
  package let port: Int?

  /// nil unless the host is a name of letters, digits, `-` and `.` or an address, and the port a number from 1 to 65535.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let hostEnd =
      bytes.first == UInt8(ascii: "[") ? bytes.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } : bytes.firstIndex(of: UInt8(ascii: ":"))
    let host = bytes[..<(hostEnd ?? bytes.count)]
    guard host.first == UInt8(ascii: "[") ? Self.isIPv6(host) : Self.isName(host) else { return nil }
    let rest = bytes[host.endIndex...]
    if rest.isEmpty {
      port = nil
    } else {
      let digits = rest.dropFirst()
      guard rest.first == UInt8(ascii: ":"), digits.allSatisfy(ASCII.isDigit),
        let number = Int(String(decoding: digits, as: UTF8.self)), (1...65535).contains(number)
      else { return nil }
      port = number
    }
    self.host = String(decoding: host, as: UTF8.self).lowercased()
  }

  /// Of a name that this program brings along.
  init(known host: StaticString) {
    self.host = "\(host)"
    port = nil
  }

  package var description: String { port.map { "\(host):\($0)" } ?? host }

  /// Whether it is this machine by its spelling alone: `localhost`, 127.0.0.0/8 or `[::1]`. No name is looked up.
  package var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil && $0.utf8.allSatisfy(ASCII.isDigit) }
  }

  private static func isName(_ host: ArraySlice<UInt8>) -> Bool {
    host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      label.first.map(ASCII.isAlphanumeric) ?? false && label.last.map(ASCII.isAlphanumeric) ?? false
        && label.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isIPv6(_ host: ArraySlice<UInt8>) -> Bool {
    let address = host.dropFirst().dropLast()
    return host.last == UInt8(ascii: "]") && address.contains(UInt8(ascii: ":"))
      && address.allSatisfy { ASCII.isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
  }
}
