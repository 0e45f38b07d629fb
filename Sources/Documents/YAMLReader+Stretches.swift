import SourceText

/// The stretches of a stream that are left where documents with certain heads are passed over.
///
/// A line `---` begins a document, and a line `...` ends one, even inside of a block scalar (YAML 1.2.2 sections 9.1.2 and 9.1.4). Nothing
/// is passed over where directives stand, as these belong to the document behind them.
enum YAMLStretches {
  /// `source` has the text's bytes.
  static func stretches(
    of text: SourceText, _ source: UnsafeBufferPointer<UInt8>, without heads: [DocumentHead]
  ) -> [Range<Int>] {
    let start = text.byteOrderMarkLength
    guard !heads.isEmpty, let documents = documents(in: source, from: start, text.lineStarts) else { return [start..<source.count] }
    var stretches: [Range<Int>] = []
    for document in documents where !heads.contains(where: { $0.begins(source[document]) }) {
      if let last = stretches.last, last.upperBound == document.lowerBound {
        stretches[stretches.count - 1] = last.lowerBound..<document.upperBound
      } else {
        stretches.append(document)
      }
    }
    return stretches
  }

  /// From each mark to the next; nil where a directive is.
  private static func documents(in source: UnsafeBufferPointer<UInt8>, from start: Int, _ lineStarts: [Int]) -> [Range<Int>]? {
    var documents: [Range<Int>] = []
    var documentStart = start
    for (index, lineStart) in lineStarts.enumerated() {
      let lineStart = max(start, lineStart)
      guard lineStart < source.count else { break }
      switch source[lineStart] {
      case UInt8(ascii: "%"): return nil
      case UInt8(ascii: "-") where lineStart > documentStart && isMark(UInt8(ascii: "-"), in: source, at: lineStart):
        documents.append(documentStart..<lineStart)
        documentStart = lineStart
      case UInt8(ascii: ".") where isMark(UInt8(ascii: "."), in: source, at: lineStart):
        let lineEnd = index + 1 < lineStarts.count ? lineStarts[index + 1] : source.count
        documents.append(documentStart..<lineEnd)
        documentStart = lineEnd
      default: break
      }
    }
    if documentStart < source.count { documents.append(documentStart..<source.count) }
    return documents
  }

  private static func isMark(_ byte: UInt8, in source: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    guard source[offset] == byte, offset + 3 <= source.count, source[offset + 1] == byte, source[offset + 2] == byte else { return false }
    return offset + 3 == source.count || YAMLBytes.isBlank(source[offset + 3]) || YAMLBytes.isLineEnding(source[offset + 3])
  }
}
