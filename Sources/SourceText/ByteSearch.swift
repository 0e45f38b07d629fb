import LibC

extension [UInt8] {
  /// Whether these bytes are somewhere in the array.
  package func holds(_ needle: [UInt8]) -> Bool { needle.isEmpty || firstIndex(of: needle) != nil }

  /// Where these bytes stand first, from that place on. Looks for the needle's rarest byte with the C library's `memchr`, so that most of a
  /// file is passed over fast.
  package func firstIndex(of needle: [UInt8], from start: Int = 0) -> Int? {
    guard !needle.isEmpty else { return start }
    let anchor = needle.indices.min { needle[$0].commonness < needle[$1].commonness } ?? 0
    return withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, bytes.count - start >= needle.count else { return nil }
      var offset = start + anchor
      let end = bytes.count - (needle.count - anchor - 1)
      while offset < end, let found = memchr(base + offset, Int32(needle[anchor]), end - offset) {
        let position = UnsafeRawPointer(found) - base
        if memcmp(base + position - anchor, needle, needle.count) == 0 { return position - anchor }
        offset = position + 1
      }
      return nil
    }
  }
}

extension UInt8 {
  /// How common a byte is in manifests: by its place in an order; any that is not in it is rare.
  package var commonness: Int { Self.commonBytes.firstIndex(of: self) ?? -1 }

  private static let commonBytes = [UInt8]("zqxjwkvybgfhumdpclsrinotae-:\n ".utf8)
}
