#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension [UInt8] {
  /// Whether these bytes stand somewhere in the array. Linear, at the speed of the C library's `memmem`.
  package func contains(_ needle: [UInt8]) -> Bool {
    withUnsafeBytes { bytes in
      needle.withUnsafeBytes { needle in
        guard let start = bytes.baseAddress, let wanted = needle.baseAddress else { return needle.isEmpty }
        return memmem(start, bytes.count, wanted, needle.count) != nil
      }
    }
  }
}
