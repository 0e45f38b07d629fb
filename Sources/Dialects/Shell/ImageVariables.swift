import References
import SourceText

/// The variables of a script or Makefile that hold an image as a whole: `IMAGE=alpine:3.20`.
///
/// One that a command of the file runs or pulls is an image, one that is only called so may be one. Without a digest, none is written that
/// the file uses in any other way: a digest would break `docker build -t "$IMAGE"`.
struct ImageVariables {
  /// Where variables are used, in the order of their bytes.
  private struct Places {
    var assignments: [Range<Int>] = []
    var images: [Range<Int>] = []
    var isExported = false
  }

  private struct Value {
    var name: String
    var text: String
    var range: Range<Int>
    var image: ImageReference
    var command: Range<Int>
  }

  private var values: [Value] = []
  private var places: [String: Places] = [:]
  private var exportsAll = false

  /// Whether such a variable can be in these bytes.
  static func mayStand(in bytes: [UInt8]) -> Bool { words.contains { bytes.holds($0) } }

  private static let words = ["IMAGE", "image"].map { Array($0.utf8) }

  /// Whether the name says that the value is an image. A digest says so, too, where the name speaks of one at all: `IMAGE_WITH_DIGEST`.
  private static func isNamed(_ name: String, _ image: ImageReference) -> Bool {
    image.digest == nil ? name.lowercased().hasSuffix("image") : name.lowercased().contains("image")
  }

  // MARK: What is found

  /// The variables that a command sets.
  mutating func read(_ command: ShellCommand) {
    let words = command.words.drop { ContainerCommand.isReserved($0) }
    let assigned = words.prefix(while: \.isAssignment)
    let isEnvironment = assigned.count < words.count
    for word in assigned { add(word, command.range, isExported: isEnvironment) }
    let rest = words[assigned.endIndex...]
    guard let first = rest.first?.string else { return }
    if first == "set", rest.contains(where: { $0.string == "allexport" || $0.string.hasPrefix("-") && $0.string.hasSuffix("a") }) {
      exportsAll = true
    }
    guard ["export", "readonly", "local", "declare", "typeset"].contains(first) else { return }
    let isExported = first == "export" || rest.contains { $0.string.hasPrefix("-") && $0.string.contains("x") }
    for word in rest where word.isAssignment { add(word, command.range, isExported: isExported) }
  }

  private mutating func add(_ word: CommandWord, _ command: Range<Int>, isExported: Bool) {
    let name = word.text.bytes.prefix { $0 != UInt8(ascii: "=") }
    guard name.allSatisfy(\.isWordByte) else { return }
    let value = word.text[(name.count + 1)..<word.text.count]
    let literal = word.construct == nil ? value : AssembledName(interpolating: value)?.onlyFallback
    add(String(decoding: name, as: UTF8.self), literal, word.range, command, isExported: isExported)
  }

  /// A variable of that name has this value, if it is written out; `range` are all bytes that say so.
  mutating func add(_ name: String, _ value: TracedBytes?, _ range: Range<Int>, _ command: Range<Int>, isExported: Bool) {
    places[name, default: Places()].assignments.append(range)
    if isExported { places[name]?.isExported = true }
    guard let value, let bytes = value.range, Literal.placeholder(in: value.text) == nil, Literal.shoutedName(in: value.text) == nil,
      let image = try? ImageReference(parsing: value.text), image.tag != nil || image.digest != nil
    else { return }
    values.append(Value(name: name, text: value.text, range: bytes, image: image, command: command))
  }

  /// A word that is an image where it stands.
  mutating func addImage(_ word: CommandWord) {
    guard let construct = word.construct, construct == word.string else { return }
    var inner = construct.utf8.dropFirst()
    if let open = inner.first, open == UInt8(ascii: "{") || open == UInt8(ascii: "(") { inner = inner.dropFirst().dropLast() }
    guard !inner.isEmpty, inner.allSatisfy(\.isWordByte) else { return }
    places[String(decoding: Array(inner), as: UTF8.self), default: Places()].images.append(word.range)
  }

  // MARK: What comes of it

  /// The sites, each with the bytes of the command that it is in. `isComment` tells of bytes that nobody runs.
  func sites(in text: SourceText, isComment: (Int) -> Bool) -> [(site: Site, command: Range<Int>)] {
    let values = values.filter { !(places[$0.name]?.images.isEmpty ?? true) || Self.isNamed($0.name, $0.image) }
    guard !values.isEmpty else { return [] }
    let others = firstOtherUses(of: Set(values.map(\.name)), in: text.bytes, isComment)
    return values.compactMap { value in
      let isUsed = !(places[value.name]?.images.isEmpty ?? true)
      // `thumbnails:8080` is a host and its port.
      let isPort = !value.text.contains("/") && (value.image.tag?.text.utf8.count ?? 0) > 2
      if !isUsed, value.image.digest == nil, isPort, value.image.tag?.text.utf8.allSatisfy(ASCII.isDigit) ?? false { return nil }
      var site = Site(range: value.range, text: value.text, place: SitePlace(value.name), content: .image(value.image))
      site.isInScript = true
      if value.image.digest == nil {
        site.isLikely = !isUsed
        site.unwritten = why(value.name, others[value.name].map { text.position(at: $0).line }).map(SkipReason.usedOtherwise)
      }
      return (site, value.command)
    }
  }

  /// Why no digest is added.
  private func why(_ name: String, _ line: Int?) -> String? {
    let advice = "give the image that is run a variable of its own"
    if places[name]?.isExported ?? false || exportsAll { return "'\(name)' is in the environment of other programs; \(advice)" }
    if let line { return "line \(line) uses '\(name)' in another way, too, which a digest may break; \(advice)" }
    if places[name]?.images.isEmpty ?? true {
      return "nothing in this file runs or pulls '\(name)'; if what uses it takes a digest, write it by hand"
    }
    return nil
  }

  /// Where each of these names is for the first time that is neither an assignment nor an image. O(bytes).
  private func firstOtherUses(of names: Set<String>, in bytes: [UInt8], _ isComment: (Int) -> Bool) -> [String: Int] {
    var known = places.filter { names.contains($0.key) }.mapValues { places in
      (places.assignments + places.images).sorted { $0.lowerBound < $1.lowerBound }[...]
    }
    let lengths = Set(names.map(\.utf8.count))
    var others: [String: Int] = [:]
    var index = 0
    while index < bytes.count {
      let end = bytes[index...].firstIndex { !$0.isWordByte } ?? bytes.count
      defer { index = max(end, index) + 1 }
      guard lengths.contains(end - index) else { continue }
      let name = String(decoding: bytes[index..<end], as: UTF8.self)
      guard names.contains(name), others[name] == nil else { continue }
      while let first = known[name]?.first, first.upperBound <= index { known[name]?.removeFirst() }
      if known[name]?.first?.contains(index) ?? false || isComment(index) { continue }
      others[name] = index
    }
    return others
  }
}
