import Documents

/// The way to the line of a template that is read, as far as columns tell it: keys, and elements of lists. It is followed to those places
/// of a dialect where a text is an image for sure, so that one without a tag means `latest` there: `containers[].image`.
struct TemplateOutline {
  private var matcher: PathMatcher
  private var levels: [Level] = []

  private struct Level {
    var column: Int
    var isElement: Bool
    var state: PathMatcher.State
  }

  init(_ places: [Place]) { matcher = PathMatcher(places.filter(\.isImageForSure).flatMap(\.paths.all)) }

  /// Whether the key that was read last is at such a place.
  var isImage: Bool { levels.last.map { !$0.isElement && !matcher.accepted($0.state).isEmpty } ?? false }

  mutating func reset() { levels = [] }

  /// Reads the `-` and the key with which a line begins in that column.
  mutating func read(_ line: ArraySlice<UInt8>, column: Int) {
    var rest = line
    if rest.starts(with: "---".utf8) { return reset() }
    while rest.first == UInt8(ascii: "-"), rest.dropFirst().first.map({ $0 == 0x20 }) ?? true {
      let column = column + rest.startIndex - line.startIndex
      // A list may stand as far left as its key.
      levels.removeAll { $0.column > column || $0.column == column && $0.isElement }
      let list = state
      levels.append(Level(column: column, isElement: true, state: matcher.descendElement(list)))
      rest = rest.dropFirst().drop { $0 == 0x20 }
    }
    guard let key = Self.key(rest) else { return }
    let keyColumn = column + rest.startIndex - line.startIndex
    levels.removeAll { $0.column >= keyColumn }
    let mapping = state
    levels.append(Level(column: keyColumn, isElement: false, state: matcher.descend(mapping, key: key)))
  }

  private var state: PathMatcher.State { levels.last?.state ?? matcher.start }

  /// What is before a colon that ends a key, without quotes.
  private static func key(_ content: ArraySlice<UInt8>) -> String? {
    guard let colon = content.firstIndex(of: UInt8(ascii: ":")), content[(colon + 1)...].first.map(\.isWhiteSpace) ?? true else {
      return nil
    }
    let written = Array(content[..<colon])
    return String(decoding: written[written.unquoted(written.indices, "\"'")], as: UTF8.self)
  }
}

extension Place {
  /// Whether a text at its paths is an image, whatever the document.
  fileprivate var isImageForSure: Bool {
    guard let image = reading as? ImageText, image.isTakenAsWritten, image.certainty == .certain else { return false }
    return condition == .always || condition == .kubernetesObject
  }
}
