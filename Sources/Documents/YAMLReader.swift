import CLibyaml
import SourceText

/// Reads YAML with libyaml's event parser, and keeps for every node the bytes it was written with.
package enum YAMLReader {
  /// Every document of the stream, in order, and all comments.
  ///
  /// What libyaml accepts is accepted: duplicate keys are kept, an alias without its anchor has no target, and aliases are not expanded.
  /// The text has to be UTF-8, with or without a byte order mark. Linear in the size of the text for a bounded depth.
  /// Documents with one of the heads are passed over unread, and their comments with them.
  package static func read(_ text: SourceText, without heads: [DocumentHead] = []) throws(DocumentError) -> DocumentStream {
    try text.bytes.withUnsafeBufferPointer { source throws(DocumentError) in
      let check = UTF8Check(source)
      if let offset = check.firstInvalidByte {
        let byte = String(source[offset], radix: 16)
        throw DocumentError(byteOffset: offset, problem: "the file is not UTF-8: a byte 0x\(byte)")
      }
      let start = text.byteOrderMarkLength
      var builder = YAMLTreeBuilder(source)
      for stretch in YAMLStretches.stretches(of: text, source, without: heads) where !stretch.isEmpty {
        var marks = MarkMap(source, start: stretch.lowerBound, isASCII: check.isASCII(from: start))
        builder.begin(stretch, marks: marks)
        do throws(YAMLEvents.Failure) {
          let events = try YAMLEvents(UnsafeBufferPointer(rebasing: source[stretch]))
          while true {
            let event = try events.next()
            if event.pointee.type == YAML_STREAM_END_EVENT { break }
            try builder.add(event)
          }
          try builder.end(stretch)
        } catch {
          let offset =
            switch error.place {
            case .byte(let offset): stretch.lowerBound + offset
            case .codePoint(let index): marks.byteOffset(index)
            case .offset(let offset): offset
            }
          throw DocumentError(byteOffset: min(offset, source.count), problem: error.problem)
        }
      }
      return builder.stream
    }
  }
}
