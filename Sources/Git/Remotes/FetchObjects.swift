/// The command `fetch` of protocol v2 (gitprotocol-v2(5), "fetch"), in one round: what is here already is said at once.
enum FetchObjects {
  /// In which protocol a server is asked for objects.
  enum Service: Hashable, Sendable {
    /// The object format is nil where none is said.
    case v2(objectFormat: String?)
    /// Protocol v1 is the same here.
    case v0(UploadAbilities)

    var isV2: Bool { if case .v2 = self { true } else { false } }
  }

  /// - Parameters:
  ///   - wanted: objects; all that they lead to comes with them.
  ///   - present: commits that are here with all that they lead to. The server passes over those that it does not know.
  ///   - filter: what is left out (git-rev-list(1), `--filter`). Only where the server announced that it can.
  static func request(
    _ wanted: [String], present: [String] = [], filter: String? = nil, objectFormat: String?, agent: String
  ) -> [UInt8] {
    var lines = PacketLineWriter()
    lines.append("command=fetch")
    lines.append("agent=\(agent)")
    if let objectFormat { lines.append("object-format=\(objectFormat)") }
    lines.delimiter()
    lines.append("ofs-delta")
    lines.append("no-progress")
    if let filter { lines.append("filter \(filter)") }
    for object in wanted { lines.append("want \(object)") }
    for object in present { lines.append("have \(object)") }
    lines.append("done")
    lines.flush()
    return lines.bytes
  }

  /// The pack in the answer.
  static func pack(in answer: [UInt8]) throws(ListingError) -> [UInt8] {
    var reader = PacketLineReader(answer, keepsLineFeeds: true)
    while let line = try reader.next() {
      guard case .data(let header) = line else { throw .unexpectedLine("0000") }
      try ReferenceListing.checkRefusal(header)
      switch String(decoding: header.last == UInt8(ascii: "\n") ? header.dropLast() : header, as: UTF8.self) {
      case "packfile": return try separated(&reader)
      case "shallow-info": throw .shallowServer
      default: try skipSection(&reader)
      }
    }
    throw .truncated
  }

  private static func skipSection(_ reader: inout PacketLineReader) throws(ListingError) {
    while let line = try reader.next() {
      switch line {
      case .data(let bytes): try ReferenceListing.checkRefusal(bytes)
      case .delimiter: return
      case .flush, .responseEnd: throw .truncated
      }
    }
    throw .truncated
  }

  /// The pack comes in the first of three bands; the others are words of the server.
  static func separated(_ reader: inout PacketLineReader) throws(ListingError) -> [UInt8] {
    var pack: [UInt8] = []
    while let line = try reader.next() {
      guard case .data(let bytes) = line else { return pack }
      switch bytes.first {
      case 1: pack += bytes.dropFirst()
      case 2, nil: break
      case 3: throw .refused(ReferenceListing.shown(bytes.dropFirst()))
      default: throw .unexpectedLine(ReferenceListing.shown(bytes))
      }
    }
    throw .truncated
  }
}
