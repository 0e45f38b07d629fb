/// A range of addresses in CIDR form, such as `10.0.0.0/8` or `fd00::/8`.
struct AddressRange: Hashable, Sendable {
  let address: IPAddress
  let prefixBitCount: Int

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(String(parts[0])), (1...3).contains(parts[1].utf8.count),
      parts[1].utf8.allSatisfy(isDigit),
      let count = Int(parts[1]), count <= address.bytes.count * 8
    else { return nil }
    self.address = address
    prefixBitCount = count
  }

  func contains(_ other: IPAddress) -> Bool {
    guard other.isV6 == address.isV6 else { return false }
    let whole = prefixBitCount / 8
    guard other.bytes[..<whole] == address.bytes[..<whole] else { return false }
    let mask = ~(UInt8.max >> UInt8(prefixBitCount % 8))
    return mask == 0 || other.bytes[whole] & mask == address.bytes[whole] & mask
  }
}
