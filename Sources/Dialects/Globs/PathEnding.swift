/// The last bytes that a path has to have for a pattern to match, at most eight: most patterns are ruled out by a comparison of two
/// numbers.
struct PathEnding: Hashable, Sendable {
  static let byteCount = 8

  let bytes: UInt64
  let mask: UInt64

  /// The literal end of the last segment; nil stands for `**`.
  init(of segment: GlobSegment?) {
    let suffix: [UInt8] =
      switch segment {
      case .literal(let bytes)?: bytes
      case .around(_, let suffix)?: suffix
      case .anything?, .elements?, nil: []
      }
    bytes = Self.last(suffix)
    mask = suffix.isEmpty ? 0 : .max >> UInt64(64 - 8 * min(suffix.count, Self.byteCount))
  }

  /// `last` is that of the whole path.
  func fits(_ last: UInt64) -> Bool { last & mask == bytes }

  /// The last eight bytes, the last one in the lowest place; zeros where there are fewer.
  static func last(_ path: some BidirectionalCollection<UInt8>) -> UInt64 { path.suffix(byteCount).reduce(0) { $0 << 8 | UInt64($1) } }
}
