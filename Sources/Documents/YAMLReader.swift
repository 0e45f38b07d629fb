import CLibyaml
import SourceText

/// Reads YAML with libyaml's event parser, and keeps for every node the bytes it was written with.
package enum YAMLReader {
  /// Every document of the stream, in order, and all comments.
  ///
  /// What libyaml accepts is accepted: duplicate keys are kept, an alias without its anchor has no target, and aliases are not expanded.
  /// The text has to be UTF-8, with or without a byte order mark. Linear in the size of the text for a bounded depth.
  package static func read(_ text: SourceText) throws(DocumentError) -> DocumentStream {
    try text.bytes.withUnsafeBufferPointer { source throws(DocumentError) in
      let check = UTF8Check(source)
      if let offset = check.firstInvalidByte {
        let byte = String(source[offset], radix: 16)
        throw DocumentError(byteOffset: offset, problem: "the file is not UTF-8: a byte 0x\(byte)")
      }
      let start = text.byteOrderMarkLength
      guard start < source.count else { return DocumentStream(documents: []) }
      var marks = MarkMap(source, start: start, isASCII: check.isASCII(from: start))
      do throws(YAMLEvents.Failure) {
        let events = try YAMLEvents(UnsafeBufferPointer(rebasing: source[start...]))
        var builder = YAMLTreeBuilder(source, start: start, marks: marks)
        while true {
          let event = try events.next()
          if event.pointee.type == YAML_STREAM_END_EVENT { return try builder.finish() }
          try builder.add(event)
        }
      } catch {
        let offset =
          switch error.place {
          case .byte(let offset): start + offset
          case .codePoint(let index): marks.byteOffset(index)
          case .offset(let offset): offset
          }
        throw DocumentError(byteOffset: min(offset, source.count), problem: error.problem)
      }
    }
  }
}
