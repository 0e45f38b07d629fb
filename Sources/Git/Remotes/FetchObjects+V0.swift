/// What a server of protocol v0 or v1 says that it can do for who fetches (gitprotocol-capabilities(5)).
struct UploadAbilities: Hashable, Sendable {
  var names: Set<String> = []
  /// The repository there is a shallow clone itself.
  var isShallow = false

  /// Whether objects can be fetched as they are here: with words of the server in a band of their own.
  var separatesBands: Bool { names.contains(Self.bands) }
  var filters: Bool { names.contains("filter") }

  fileprivate static let bands = "side-band-64k"
  /// Of what it announced, what is asked for.
  fileprivate var wanted: [String] { [Self.bands, "ofs-delta", "no-progress"].filter(names.contains) }
}

extension FetchObjects {
  /// A request of protocols v0 and v1 (gitprotocol-pack(5), "Packfile Negotiation"), in one round, too.
  static func request(
    _ wanted: [String], present: [String] = [], filter: String? = nil, abilities: UploadAbilities, agent: String
  ) -> [UInt8] {
    var lines = PacketLineWriter()
    let asked = abilities.wanted + (filter == nil ? [] : ["filter"]) + (abilities.names.contains("agent") ? ["agent=\(agent)"] : [])
    for (index, object) in wanted.enumerated() { lines.append("want \(object)" + (index == 0 ? " " + asked.joined(separator: " ") : "")) }
    if let filter { lines.append("filter \(filter)") }
    lines.flush()
    for object in present { lines.append("have \(object)") }
    lines.append("done")
    return lines.bytes
  }

  /// The pack in the answer to it: behind the one line that says whether the server knew something of what is here.
  static func packOfV0(in answer: [UInt8]) throws(ListingError) -> [UInt8] {
    var reader = PacketLineReader(answer, keepsLineFeeds: true)
    guard let line = try reader.next() else { throw .truncated }
    guard case .data(let acknowledgment) = line else { throw .unexpectedLine("0000") }
    try ReferenceListing.checkRefusal(acknowledgment)
    guard acknowledgment.starts(with: "NAK".utf8) || acknowledgment.starts(with: "ACK ".utf8) else {
      throw .unexpectedLine(ReferenceListing.shown(acknowledgment))
    }
    return try separated(&reader)
  }
}
