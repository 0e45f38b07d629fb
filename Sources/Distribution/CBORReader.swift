/// Reads CBOR (RFC 8949) from its beginning, as much of it as a signature has: no lengths that are told at the end.
struct CBORReader {
  private var rest: ArraySlice<UInt8>
  private static let maximumDepth = 16

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  enum Kind: UInt8 { case unsigned, negative, bytes, text, list, map, tag, simple }

  /// What an item is, with its value, or its length, or how many items follow.
  struct Head: Hashable {
    var kind: Kind
    var argument: UInt64
  }

  mutating func head() -> Head? {
    guard let first = rest.popFirst(), let kind = Kind(rawValue: first >> 5) else { return nil }
    let short = first & 31
    guard short >= 24 else { return Head(kind: kind, argument: UInt64(short)) }
    guard short < 28, let long = bytes(1 << UInt64(short - 24)) else { return nil }
    return Head(kind: kind, argument: long.reduce(0) { $0 << 8 | UInt64($1) })
  }

  mutating func bytes(_ count: UInt64) -> [UInt8]? {
    guard count <= UInt64(rest.count) else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return Array(rest.prefix(Int(count)))
  }

  /// Whether there was an item to skip.
  mutating func skip(depth: Int = 0) -> Bool { head().map { skipContent(of: $0, depth: depth) } ?? false }

  mutating func skipContent(of head: Head, depth: Int = 0) -> Bool {
    guard depth < Self.maximumDepth else { return false }
    let items: UInt64
    switch head.kind {
    case .unsigned, .negative, .simple: return true
    case .bytes, .text: return bytes(head.argument) != nil
    case .tag: items = 1
    case .list: items = head.argument
    case .map: items = head.argument.multipliedReportingOverflow(by: 2).partialValue
    }
    guard items <= UInt64(rest.count) else { return false }
    for _ in 0..<items where !skip(depth: depth + 1) { return false }
    return true
  }
}
