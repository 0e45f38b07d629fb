/// The command `ls-refs` of protocol v2 (gitprotocol-v2(5), "ls-refs").
enum ListReferences {
  /// - Parameters:
  ///   - prefixes: of full names; impossible ones are left out. `HEAD` is always asked for.
  ///   - objectFormat: only where the server announced it: others refuse it.
  static func request(_ prefixes: [String], objectFormat: String? = nil) -> [UInt8] {
    var lines = PacketLineWriter()
    lines.append("command=ls-refs")
    if let objectFormat { lines.append("object-format=\(objectFormat)") }
    lines.delimiter()
    lines.append("peel")
    lines.append("symrefs")
    lines.append("ref-prefix HEAD")
    for prefix in prefixes where prefix.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) { lines.append("ref-prefix \(prefix)") }
    lines.flush()
    return lines.bytes
  }

  static func references(in answer: [UInt8], objectFormat: String? = nil) throws(ListingError) -> RemoteReferences {
    var reader = PacketLineReader(answer)
    var listing = ReferenceListing(objectFormat: objectFormat)
    while let line = try reader.next() {
      switch line {
      case .flush: return listing.references
      case .data(let bytes): try add(bytes, to: &listing)
      case .delimiter, .responseEnd: throw .unexpectedLine("000\(line == .delimiter ? 1 : 2)")
      }
    }
    throw .truncated
  }

  /// `<object> <name>[ symref-target:<name>][ peeled:<object>]`; `unborn` in the place of the object where HEAD has no commit.
  private static func add(_ line: ArraySlice<UInt8>, to listing: inout ReferenceListing) throws(ListingError) {
    try ReferenceListing.checkRefusal(line)
    let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count >= 2 else { throw .unexpectedLine(ReferenceListing.shown(line)) }
    var object = words[0]
    var symbolicTarget: ArraySlice<UInt8>?
    for attribute in words.dropFirst(2) {
      if attribute.starts(with: peeled) {
        _ = try listing.object(object)
        object = attribute.dropFirst(peeled.count)
      } else if attribute.starts(with: target) {
        symbolicTarget = attribute.dropFirst(target.count)
      }
    }
    if words[0].elementsEqual("unborn".utf8) { return }
    if words[1].elementsEqual("HEAD".utf8) {
      _ = try listing.object(object)
      if let symbolicTarget { listing.setHead(symbolicTarget) }
    } else {
      try listing.add(words[1], object: object)
    }
  }

  private static let peeled = Array("peeled:".utf8)
  private static let target = Array("symref-target:".utf8)
}
