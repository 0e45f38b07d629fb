import LibC

/// An IPv4 address (4 bytes) or an IPv6 address (16 bytes), in network order.
package struct IPAddress: Hashable, Sendable {
  package let bytes: [UInt8]

  /// Reads `192.0.2.1`, `2001:db8::1` or `[2001:db8::1]`; no zone, no port, and of IPv4 only four decimal numbers.
  package init?(_ text: String) {
    var address = text[...]
    let isBracketed = address.utf8.first == UInt8(ascii: "[")
    if isBracketed {
      guard address.utf8.last == UInt8(ascii: "]"), address.utf8.count > 2 else { return nil }
      address = address.dropFirst().dropLast()
    }
    let isV6 = address.utf8.contains(UInt8(ascii: ":"))
    guard isV6 || !isBracketed, !address.utf8.contains(0) else { return nil }
    var bytes = [UInt8](repeating: 0, count: isV6 ? 16 : 4)
    guard inet_pton(isV6 ? AF_INET6 : AF_INET, String(address), &bytes) == 1 else { return nil }
    self.bytes = bytes
  }

  /// 4 or 16 bytes.
  init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// An IPv4 address that is written as an IPv6 one (`::ffff:192.0.2.1`) as the former.
  var unmapped: IPAddress {
    bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) ? IPAddress(bytes: Array(bytes[12...])) ?? self : self
  }

  package var isV6: Bool { bytes.count == 16 }

  /// 127.0.0.0/8 or ::1.
  package var isLoopback: Bool { isV6 ? bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1 : bytes[0] == 127 }
}

extension IPAddress: CustomStringConvertible {
  package var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(isV6 ? AF_INET6 : AF_INET, bytes, &text, socklen_t(text.count)) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
