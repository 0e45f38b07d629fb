import SourceText

extension AssembledName {
  /// Reads what stands for variables as shells and Compose do: `${NAME:-default}`, `${NAME-default}`. nil where no variable is in it,
  /// or one whose value is not known here. <https://docs.docker.com/reference/compose-file/interpolation/>
  init?(interpolating word: TracedBytes) {
    guard word.bytes.contains(UInt8(ascii: "$")), let parts = Self.parts(of: word, as: .name, depth: 0) else { return nil }
    self.init(parts: parts)
    if Literal.placeholder(in: text) != nil { return nil }
  }

  /// Its only part, where it is the default of a variable and nothing else.
  var onlyFallback: TracedBytes? {
    guard parts.count == 1, case .fallback = parts[0].source else { return nil }
    return parts[0].text
  }

  private static let maximumDepth = 8

  private static func parts(of word: TracedBytes, as source: Source, depth: Int) -> [Part]? {
    guard depth < maximumDepth else { return nil }
    let bytes = word.bytes
    var parts: [Part] = []
    var start = 0
    while let dollar = bytes[start...].firstIndex(of: UInt8(ascii: "$")) {
      guard let end = Literal.endOfPlaceholder(at: dollar, in: bytes[...], constructs: .dollar),
        bytes[dollar...].starts(with: "${".utf8), bytes[end - 1] == UInt8(ascii: "}"), end - dollar > 3
      else { return nil }
      if start < dollar { parts.append(Part(text: word[start..<dollar], source: source)) }
      let inner = word[(dollar + 2)..<(end - 1)]
      let name = inner.bytes.prefix(while: \.isWordByte)
      var rest = inner.bytes[name.endIndex...]
      if rest.first == UInt8(ascii: ":") { rest.removeFirst() }
      guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "-"), !rest.isEmpty,
        let nested = Self.parts(
          of: inner[rest.startIndex..<inner.count], as: .fallback(String(decoding: name, as: UTF8.self)), depth: depth + 1)
      else { return nil }
      parts += nested
      start = end
    }
    if start < bytes.count { parts.append(Part(text: word[start..<bytes.count], source: source)) }
    return parts
  }
}
