import HTTP

/// What a server says before a push: what it has (gitprotocol-pack(5), "Reference Discovery").
struct ReceivePackAdvertisement: Hashable, Sendable {
  /// Commits by full name.
  private(set) var references: [String: String] = [:]
  /// Objects that it has besides, those of a fork's origin say.
  private(set) var others: [String] = []
  private(set) var capabilities: Set<String> = []

  init(_ answer: [UInt8]) throws(ListingError) {
    var reader = PacketLineReader(answer)
    var line = try reader.next()
    if case .data(let service) = line, service.starts(with: "# service=".utf8) {
      guard try reader.next() == .flush else { throw .truncated }
      line = try reader.next()
    }
    var isFirst = true
    while case .data(let bytes) = line {
      try ReferenceListing.checkRefusal(bytes)
      let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
      if isFirst, parts.count == 2 {
        capabilities = Set(parts[1].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) })
      }
      isFirst = false
      try add(parts.first ?? [])
      line = try reader.next()
    }
    guard line == .flush else { throw .truncated }
  }

  private mutating func add(_ line: ArraySlice<UInt8>) throws(ListingError) {
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
    guard words.count == 2 else { throw .unexpectedLine(ReferenceListing.shown(line)) }
    let (object, name) = (String(decoding: words[0], as: UTF8.self), String(decoding: words[1], as: UTF8.self))
    if object == "version" || object == "shallow" || name == "capabilities^{}" { return }
    guard object.utf8.count == 40, object.utf8.allSatisfy({ hexValue($0) != nil }) else {
      if object.utf8.count == 64 { throw .objectFormat(announced: "sha1", digitCount: 64) }
      throw .unexpectedLine(ReferenceListing.shown(line))
    }
    if name == ".have" { others.append(object) } else { references[name] = object }
  }
}

/// What is sent, and what comes back (gitprotocol-pack(5), "Reference Update Request and Packfile Transfer", "Report Status").
enum ReceivePack {
  /// One branch from a commit, or from nothing, to another, with the objects.
  static func request(
    _ reference: String, from old: String?, to new: String, pack: [UInt8], capabilities: Set<String>, agent: String
  ) -> [UInt8] {
    var wanted = ["report-status", "side-band-64k"].filter(capabilities.contains)
    if capabilities.contains(where: { $0.hasPrefix("agent=") }) { wanted.append("agent=\(agent)") }
    var lines = PacketLineWriter()
    lines.append("\(old ?? String(repeating: "0", count: 40)) \(new) \(reference)\0 \(wanted.joined(separator: " "))")
    lines.flush()
    return lines.bytes + pack
  }

  /// Why the server did not do it; nil where it did. What hooks said is part of the reason.
  static func refusal(in answer: [UInt8], of reference: String, capabilities: Set<String>) throws(ListingError) -> String? {
    var words = ""
    var report = answer
    if capabilities.contains("side-band-64k") { (report, words) = try separated(answer) }
    var reader = PacketLineReader(report)
    var isDone = false
    while let line = try reader.next() {
      guard case .data(let bytes) = line else { break }
      let text = String(decoding: bytes, as: UTF8.self)
      if text == "ok \(reference)" { isDone = true }
      for prefix in ["ng \(reference) ", "unpack "] where text.hasPrefix(prefix) && text != "unpack ok" {
        let reason = prefix == "unpack " ? text : String(text.dropFirst(prefix.count))
        return shown([reason, words])
      }
    }
    if isDone { return nil }
    // A server that reports nothing is believed only where it cannot.
    guard capabilities.contains("report-status") else { return nil }
    guard words.isEmpty else { return shown([words]) }
    throw .truncated
  }

  /// The report, and what the server's programs said, which come over one line in turns.
  private static func separated(_ answer: [UInt8]) throws(ListingError) -> (report: [UInt8], words: String) {
    var reader = PacketLineReader(answer, keepsLineFeeds: true)
    var report: [UInt8] = []
    var words: [UInt8] = []
    while let line = try reader.next() {
      guard case .data(let bytes) = line, let band = bytes.first else { continue }
      switch band {
      case 1: report += bytes.dropFirst()
      case 2, 3: words += bytes.dropFirst()
      default: throw .unexpectedLine(ReferenceListing.shown(bytes))
      }
    }
    return (report, String(decoding: words, as: UTF8.self))
  }

  /// A reason, and what the server's programs said, in one line.
  static func shown(_ parts: [String]) -> String {
    parts.compactMap { part in
      let lines = part.split(whereSeparator: \.isNewline).map { line in String(line.prefix { $0 != "\u{1B}" }) }
      return ServerText.shown(lines.filter { !$0.allSatisfy(\.isWhitespace) }.prefix(20).joined(separator: "; "))
    }
    .joined(separator: ": ")
  }
}
