import SourceText

extension PushedReferences {
  /// Reads references, one a line, as docker/metadata-action prints them. Its `sep-tags` can be a comma or a space: neither is part of a
  /// reference, so they separate, too. An empty text is an error: a guard that saw no tag has guarded none.
  package init(lines text: SourceText, source name: String) throws(PushedReferenceError) {
    let source = PushedReferenceSource(name: name, text: text)
    var start: Int?
    for index in text.byteOrderMarkLength...text.bytes.count {
      if index < text.bytes.count, !Self.separates(text.bytes[index]) {
        start = start ?? index
      } else if let first = start {
        try add(PushedReference(parsing: text.string(first..<index), from: source.origin(atByte: first)))
        start = nil
      }
    }
    guard !references.isEmpty else {
      throw PushedReferenceError(
        source.origin(), .nothingPushed(advice: "it names no reference; see whether the step that writes it made any tag"))
    }
  }

  private static func separates(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == 0x20 || (0x09...0x0D).contains(byte) }
}
