import LibC

extension [UInt8] {
  /// Whether these bytes stand somewhere in the array. Looks for the needle's rarest byte with the C library's `memchr`, so that most of a file is passed over
  /// fast.
  package func holds(_ needle: [UInt8]) -> Bool {
    guard !needle.isEmpty else { return true }
    let anchor = needle.indices.min { Self.commonness(needle[$0]) < Self.commonness(needle[$1]) } ?? 0
    return withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, bytes.count >= needle.count else { return false }
      var offset = anchor
      let end = bytes.count - (needle.count - anchor - 1)
      while offset < end, let found = memchr(base + offset, Int32(needle[anchor]), end - offset) {
        let position = UnsafeRawPointer(found) - base
        if memcmp(base + position - anchor, needle, needle.count) == 0 { return true }
        offset = position + 1
      }
      return false
    }
  }

  /// How common a byte is in manifests: lower-case letters by their place in this order, anything else is rare.
  private static func commonness(_ byte: UInt8) -> Int { commonBytes.firstIndex(of: byte) ?? -1 }

  private static let commonBytes = [UInt8]("zqxjwkvybgfhumdpclsrinotae".utf8)
}
