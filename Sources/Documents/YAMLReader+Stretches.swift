/// The stretches of a stream that are left where documents with certain heads are passed over.
///
/// A line `---` begins a document, and a line `...` ends one, even inside of a block scalar (YAML 1.2.2 sections 9.1.2 and 9.1.4). Nothing
/// is passed over where directives stand, as these belong to the document behind them.
enum YAMLStretches {
  static func stretches(of source: UnsafeBufferPointer<UInt8>, from start: Int, without heads: [DocumentHead]) -> [Range<Int>] {
    guard !heads.isEmpty, let documents = documents(in: source, from: start) else { return [start..<source.count] }
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
  private static func documents(in source: UnsafeBufferPointer<UInt8>, from start: Int) -> [Range<Int>]? {
    var documents: [Range<Int>] = []
    var documentStart = start
    var lineStart = start
    while lineStart < source.count {
      if source[lineStart] == UInt8(ascii: "%") { return nil }
      if isMark(UInt8(ascii: "-"), in: source, at: lineStart), lineStart > documentStart {
        documents.append(documentStart..<lineStart)
        documentStart = lineStart
      }
      let isEnd = isMark(UInt8(ascii: "."), in: source, at: lineStart)
      while lineStart < source.count, !YAMLBytes.isLineEnding(source[lineStart]) { lineStart += 1 }
      lineStart += YAMLBytes.breakLength(source, at: lineStart, end: source.count)
      if isEnd {
        documents.append(documentStart..<lineStart)
        documentStart = lineStart
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
