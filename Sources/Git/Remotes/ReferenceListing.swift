import HTTP

/// Collects the entries of a listing, whatever its protocol.
struct ReferenceListing: Sendable {
  private(set) var references = RemoteReferences()
  /// `sha1` or `sha256`, where the server says so.
  private let objectFormat: String?
  /// Digits of every object's name, known after the first.
  private var digitCount: Int?

  init(objectFormat: String?) {
    self.objectFormat = objectFormat
    digitCount = objectFormat.flatMap { Self.digitCounts[$0] }
  }

  private static let digitCounts = ["sha1": 40, "sha256": 64]

  /// One ref with the object that it leads to. Names that are not UTF-8 are passed over: nobody can ask for one.
  mutating func add(_ name: ArraySlice<UInt8>, object: ArraySlice<UInt8>) throws(ListingError) {
    let object = try self.object(object)
    guard Self.isName(name) else { throw .unexpectedLine(Self.shown(name)) }
    guard let text = String(validating: name, as: UTF8.self) else { return }
    try references.add(text, object)
  }

  /// `HEAD` is the branch of that full name.
  mutating func setHead(_ name: ArraySlice<UInt8>) {
    guard Self.isName(name), let text = String(validating: name, as: UTF8.self) else { return }
    references.setHead(text)
  }

  /// An object's name, checked against all the others.
  func checkedDigitCount(_ text: ArraySlice<UInt8>) throws(ListingError) -> Int {
    let isName = text.allSatisfy { hexValue($0) != nil && !(UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) }
    guard isName, Self.digitCounts.values.contains(text.count) else { throw .unexpectedLine(Self.shown(text)) }
    guard text.count == digitCount ?? text.count else {
      throw .objectFormat(announced: objectFormat ?? (digitCount == 64 ? "sha256" : "sha1"), digitCount: text.count)
    }
    return text.count
  }

  mutating func object(_ text: ArraySlice<UInt8>) throws(ListingError) -> String {
    digitCount = try checkedDigitCount(text)
    guard text.contains(where: { $0 != UInt8(ascii: "0") }) else { throw .unexpectedLine(Self.shown(text)) }
    return String(decoding: text, as: UTF8.self)
  }

  /// No byte that no ref can have (git-check-ref-format(1)): control characters and spaces.
  private static func isName(_ name: ArraySlice<UInt8>) -> Bool { !name.isEmpty && name.allSatisfy { $0 > 0x20 && $0 != 0x7F } }

  static func shown(_ line: ArraySlice<UInt8>) -> String { ServerText.shown(String(decoding: line.prefix(80), as: UTF8.self)) ?? "" }

  /// What a server says instead of a listing (gitprotocol-pack(5), "error-line").
  static func checkRefusal(_ line: ArraySlice<UInt8>) throws(ListingError) {
    guard line.starts(with: "ERR ".utf8) else { return }
    throw .refused(ServerText.shown(String(decoding: line.dropFirst(4), as: UTF8.self)) ?? "nothing")
  }
}
