/// What a server says first, to `GET …/info/refs?service=git-upload-pack` (gitprotocol-http(5), gitprotocol-pack(5), gitprotocol-v2(5)).
enum Advertisement: Hashable, Sendable {
  /// Protocol v2: it waits for a command. The object format is nil where none is said, which means SHA-1. Some servers can leave objects
  /// out of what is fetched.
  case commands(objectFormat: String?, filters: Bool = false)
  /// Protocol v0 or v1: all refs, and what else it can do.
  case references(RemoteReferences, UploadAbilities)

  init(_ answer: [UInt8]) throws(ListingError) {
    var reader = PacketLineReader(answer)
    var first = try reader.next()
    // What http puts before protocols v0 and v1, and some servers before v2.
    if case .data(let line) = first, line.starts(with: "# service=".utf8) {
      guard try reader.next() == .flush else { throw .truncated }
      first = try reader.next()
    }
    switch first {
    case nil: throw .truncated
    case .flush: self = .references(RemoteReferences(), UploadAbilities())
    case .delimiter, .responseEnd: throw .unexpectedLine("0001")
    case .data(let line):
      try ReferenceListing.checkRefusal(line)
      switch line {
      case _ where line.elementsEqual("version 2".utf8): self = try Self.commands(&reader)
      case _ where line.elementsEqual("version 1".utf8): self = try Self.references(try reader.next(), &reader)
      case _ where line.starts(with: "version ".utf8): throw .unknownVersion(ReferenceListing.shown(line.dropFirst(8)))
      default: self = try Self.references(first, &reader)
      }
    }
  }

  private static func commands(_ reader: inout PacketLineReader) throws(ListingError) -> Advertisement {
    var objectFormat: String?
    var listsReferences = false
    var filters = false
    while let line = try reader.next() {
      switch line {
      case .flush:
        guard listsReferences else { throw .listsNoReferences }
        return .commands(objectFormat: objectFormat, filters: filters)
      case .data(let capability):
        let parts = capability.split(separator: UInt8(ascii: "="), maxSplits: 1)
        if parts.first?.elementsEqual("ls-refs".utf8) == true { listsReferences = true }
        if parts.count == 2, parts[0].elementsEqual("fetch".utf8) {
          filters = parts[1].split(separator: UInt8(ascii: " ")).contains { $0.elementsEqual("filter".utf8) }
        }
        if parts.count == 2, parts[0].elementsEqual("object-format".utf8) { objectFormat = ReferenceListing.shown(parts[1]) }
      case .delimiter, .responseEnd: throw .unexpectedLine("0001")
      }
    }
    throw .truncated
  }

  /// The first line has the capabilities behind a NUL. An annotated tag is followed by what it leads to, as `<name>^{}`.
  private static func references(_ first: PacketLine?, _ reader: inout PacketLineReader) throws(ListingError) -> Advertisement {
    guard let first else { throw .truncated }
    guard case .data(let head) = first else { return .references(RemoteReferences(), UploadAbilities()) }
    let parts = head.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let capabilities = (parts.count == 2 ? parts[1] : []).split(separator: UInt8(ascii: " "))
    var entries = EntriesOfV0(
      objectFormat: capabilities.lazy.compactMap { value(of: "object-format", in: $0) }.first.map(ReferenceListing.shown))
    try entries.add(parts[0])
    while let line = try reader.next() {
      switch line {
      case .flush:
        try entries.finish()
        let symbolic = capabilities.lazy.compactMap { value(of: "symref", in: $0) }.first { $0.starts(with: "HEAD:".utf8) }
        if let symbolic { entries.listing.setHead(symbolic.dropFirst(5)) }
        let names = capabilities.compactMap { $0.split(separator: UInt8(ascii: "=")).first.map { String(decoding: $0, as: UTF8.self) } }
        return .references(entries.listing.references, UploadAbilities(names: Set(names), isShallow: entries.isShallow))
      case .data(let line): try entries.add(line)
      case .delimiter, .responseEnd: throw .unexpectedLine("0001")
      }
    }
    throw .truncated
  }

  private static func value(of name: String, in capability: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    capability.starts(with: "\(name)=".utf8) ? capability.dropFirst(name.utf8.count + 1) : nil
  }
}

/// Entries of protocol v0, where one line can complete the one before.
private struct EntriesOfV0 {
  var listing: ReferenceListing
  private(set) var isShallow = false
  private var pending: (name: ArraySlice<UInt8>, object: ArraySlice<UInt8>)?

  init(objectFormat: String?) { listing = ReferenceListing(objectFormat: objectFormat) }

  mutating func add(_ line: ArraySlice<UInt8>) throws(ListingError) {
    try ReferenceListing.checkRefusal(line)
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
    guard words.count == 2 else { throw .unexpectedLine(ReferenceListing.shown(line)) }
    if words[0].elementsEqual("shallow".utf8) {
      isShallow = true
      return
    }
    let (object, name) = (words[0], words[1])
    // The only line of a repository without refs.
    if name.elementsEqual("capabilities^{}".utf8) {
      _ = try listing.checkedDigitCount(object)
      return
    }
    if let pending, name.count == pending.name.count + 3, name.starts(with: pending.name), name.suffix(3).elementsEqual("^{}".utf8) {
      _ = try listing.object(pending.object)
      self.pending = (pending.name, object)
      return
    }
    try finish()
    if name.elementsEqual("HEAD".utf8) {
      _ = try listing.object(object)
    } else {
      pending = (name, object)
    }
  }

  mutating func finish() throws(ListingError) {
    guard let pending else { return }
    self.pending = nil
    try listing.add(pending.name, object: pending.object)
  }
}
