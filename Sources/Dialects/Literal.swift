/// Tells texts that stand for themselves from texts that something fills in before they are used.
package enum Literal {
  /// The ways in which a text can be filled in.
  package struct Constructs: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// `$NAME`, `${…}`, `$(…)`, `$1`, and the doubled dollar sign of Make and Compose in front of any of them.
    package static let dollar = Constructs(rawValue: 1 << 0)
    /// `${{ … }}` of GitHub Actions.
    package static let actionsExpression = Constructs(rawValue: 1 << 1)
    /// `$[[ … ]]` of GitLab, `$[ … ]` of Azure Pipelines.
    package static let dollarBracket = Constructs(rawValue: 1 << 2)
    /// `{{ … }}`, `{% … %}`, `<% … %>`.
    package static let template = Constructs(rawValue: 1 << 3)
    /// `<< … >>` of CircleCI.
    package static let circleCI = Constructs(rawValue: 1 << 4)
    /// `((…))` of Concourse.
    package static let concourse = Constructs(rawValue: 1 << 5)
    /// `%NAME%`, `%s`, `%d`, `%v`, `%(name)s`.
    package static let percent = Constructs(rawValue: 1 << 6)
    /// `@NAME@` of Autoconf, CMake and Maven. A single `@` begins a digest.
    package static let at = Constructs(rawValue: 1 << 7)

    /// `<IMAGE1_NAME>` of CodePipeline, `<your-registry>` of documentation: words in angle brackets.
    package static let angle = Constructs(rawValue: 1 << 8)

    /// `###NAME###` of Zarf.
    package static let hashes = Constructs(rawValue: 1 << 9)
    /// `[YOUR ALIAS]` of documentation: words in capitals in brackets.
    package static let bracket = Constructs(rawValue: 1 << 10)

    package static let all = Constructs(rawValue: (1 << 11) - 1)
  }

  /// The first construct in the text that makes it not literal; nil if there is none. One that is not closed reaches to the end of the
  /// text.
  package static func placeholder(in text: String, constructs: Constructs = .all) -> String? {
    let bytes = Array(text.utf8)
    return firstPlaceholder(in: bytes[...], constructs: constructs).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// Where the first construct is. O(bytes).
  static func firstPlaceholder(in bytes: ArraySlice<UInt8>, constructs: Constructs = .all) -> Range<Int>? {
    for index in bytes.indices {
      if let end = endOfPlaceholder(at: index, in: bytes, constructs: constructs) { return index..<end }
    }
    return nil
  }

  /// The end of the construct that begins at that byte; nil if none does.
  static func endOfPlaceholder(at start: Int, in bytes: ArraySlice<UInt8>, constructs: Constructs = .all) -> Int? {
    let rest = bytes[start...]
    switch bytes[start] {
    case UInt8(ascii: "$"):
      return endOfDollar(rest, constructs)
    case UInt8(ascii: "{") where constructs.contains(.template):
      if rest.starts(with: "{{".utf8) { return end(of: "}}", in: rest, from: start + 2) }
      if rest.starts(with: "{%".utf8) { return end(of: "%}", in: rest, from: start + 2) }
    case UInt8(ascii: "<"):
      if constructs.contains(.angle) {
        let name = rest.dropFirst().prefix { $0.isWordByte || " -.".utf8.contains($0) }
        if !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: ">") { return name.endIndex + 1 }
      }
      if constructs.contains(.circleCI), rest.starts(with: "<<".utf8) { return end(of: ">>", in: rest, from: start + 2) }
      if constructs.contains(.template), rest.starts(with: "<%".utf8) { return end(of: "%>", in: rest, from: start + 2) }
    case UInt8(ascii: "#") where constructs.contains(.hashes):
      if rest.starts(with: "###".utf8) { return end(of: "###", in: rest, from: start + 3) }
    case UInt8(ascii: "[") where constructs.contains(.bracket):
      return endOfBracket(rest)
    case UInt8(ascii: "(") where constructs.contains(.concourse):
      if rest.starts(with: "((".utf8) { return end(of: "))", in: rest, from: start + 2) }
    case UInt8(ascii: "%") where constructs.contains(.percent):
      return endOfPercent(rest)
    case UInt8(ascii: "@") where constructs.contains(.at):
      let name = rest.dropFirst().prefix { $0.isWordByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
      if !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: "@") { return name.endIndex + 1 }
    default:
      break
    }
    return nil
  }

  private static func endOfDollar(_ rest: ArraySlice<UInt8>, _ constructs: Constructs) -> Int? {
    let start = rest.startIndex
    if constructs.contains(.actionsExpression), rest.starts(with: "${{".utf8) { return end(of: "}}", in: rest, from: start + 3) }
    if constructs.contains(.dollarBracket) {
      if rest.starts(with: "$[[".utf8) { return end(of: "]]", in: rest, from: start + 3) }
      if rest.starts(with: "$[".utf8) { return end(of: "]", in: rest, from: start + 2) }
    }
    guard constructs.contains(.dollar) else { return nil }
    var index = start + 1
    if index < rest.endIndex, rest[index] == UInt8(ascii: "$") { index += 1 }
    guard index < rest.endIndex else { return nil }
    switch rest[index] {
    case UInt8(ascii: "{"):
      return endOfNested(in: rest, from: index, open: UInt8(ascii: "{"), close: UInt8(ascii: "}"))
    case UInt8(ascii: "("):
      return endOfNested(in: rest, from: index, open: UInt8(ascii: "("), close: UInt8(ascii: ")"))
    case UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return index + 1
    default:
      let name = rest[index...].prefix(while: \.isWordByte)
      return name.isEmpty ? nil : name.endIndex
    }
  }

  /// `[YOUR ALIAS]`, not `[A-Z]` or `[0]`.
  private static func endOfBracket(_ rest: ArraySlice<UInt8>) -> Int? {
    let words = rest.dropFirst().prefix { (0x41...0x5A).contains($0) || " _-".utf8.contains($0) }
    guard words.count(where: { (0x41...0x5A).contains($0) }) > 2, words.endIndex < rest.endIndex, rest[words.endIndex] == UInt8(ascii: "]")
    else { return nil }
    return words.endIndex + 1
  }

  private static func endOfPercent(_ rest: ArraySlice<UInt8>) -> Int? {
    let inner = rest.dropFirst()
    guard let first = inner.first else { return nil }
    if first == UInt8(ascii: "(") {
      let close = inner.dropFirst().prefix(while: \.isWordByte).endIndex
      return close < rest.endIndex && rest[close] == UInt8(ascii: ")") ? min(close + 2, rest.endIndex) : nil
    }
    let name = inner.prefix(while: \.isWordByte)
    if !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: "%") { return name.endIndex + 1 }
    let verbs = "sdvq".utf8
    return verbs.contains(first) ? inner.startIndex + 1 : nil
  }

  private static func end(of marker: String, in bytes: ArraySlice<UInt8>, from start: Int) -> Int {
    let marker = Array(marker.utf8)
    var index = start
    while index + marker.count <= bytes.endIndex {
      if bytes[index..<(index + marker.count)].elementsEqual(marker) { return index + marker.count }
      index += 1
    }
    return bytes.endIndex
  }

  private static func endOfNested(in bytes: ArraySlice<UInt8>, from start: Int, open: UInt8, close: UInt8) -> Int {
    var depth = 0
    for index in start..<bytes.endIndex {
      if bytes[index] == open { depth += 1 }
      if bytes[index] == close {
        depth -= 1
        if depth == 0 { return index + 1 }
      }
    }
    return bytes.endIndex
  }

  /// The first component of a repository's path that is a word in capitals and underscores, `IMAGE` or `REPLACE_ME`: no registry can have
  /// it, so that a person or a program will put something there. A registry's host may be written like this, but not with several words:
  /// `YOUR_REGISTRY`.
  package static func shoutedName(in text: String) -> String? {
    let name = text.utf8.prefix { $0 != UInt8(ascii: "@") }
    let components = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    for (index, component) in components.enumerated() {
      let isHost = index == 0 && components.count > 1
      let word = isHost ? component : component.prefix { $0 != UInt8(ascii: ":") }
      if isHost, !word.contains(where: { "_-".utf8.contains($0) }) { continue }
      let isCapital = word.allSatisfy {
        (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") || isHost && $0 == UInt8(ascii: "-")
      }
      if isCapital, word.count > 1, word.contains(where: { (0x41...0x5A).contains($0) }) {
        return String(decoding: Array(word), as: UTF8.self)
      }
    }
    return nil
  }
}
