/// Which components a path may have: a bit for the hash of each. Most patterns that name a directory are ruled out by it.
struct ComponentBits: Hashable, Sendable {
  private var bits: UInt64 = 0

  /// Those of a whole path.
  init(of path: UnsafeBufferPointer<UInt8>) {
    var hash = Self.seed
    for byte in path {
      if byte == UInt8(ascii: "/") {
        add(hash)
        hash = Self.seed
      } else {
        hash = Self.hash(hash, byte)
      }
    }
    add(hash)
  }

  /// Those that a pattern names.
  init(_ segments: [GlobSegment?]) {
    for case .literal(let bytes)? in segments { add(bytes.reduce(Self.seed, Self.hash)) }
  }

  func mayHold(_ others: ComponentBits) -> Bool { others.bits & ~bits == 0 }

  private mutating func add(_ hash: UInt64) { bits |= 1 << (hash >> 58) }

  /// FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>), whose upper bits are then taken.
  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
}
