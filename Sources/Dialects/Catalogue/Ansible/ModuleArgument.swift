import Documents
import SourceText

/// The value of an argument among words such as `name=web image=nginx:1.27`, in which a module may be called; a text without it is not an
/// image.
struct ModuleArgument: PlaceReading {
  let name: String

  var words: String? { " (`\(name)=…` among the words)" }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    file.site(at: match) { scalar, value in
      range(in: Array(scalar.value.utf8), value).flatMap { ImageText().site(at: match, $0, in: scalar, of: file) }
    }.map { [$0] }
  }

  /// The value's bytes without its quotes; nil where no word has the name.
  func range(in bytes: [UInt8], _ words: Range<Int>) -> Range<Int>? {
    let start = Array("\(name)=".utf8)
    var rest = words
    while !rest.isEmpty {
      let word = rest.lowerBound..<endOfWord(in: bytes, rest)
      if bytes[word].starts(with: start) {
        let range = bytes.unquoted((word.lowerBound + start.count)..<word.upperBound, "'\"")
        return range.isEmpty ? nil : range
      }
      rest = (bytes[word.upperBound..<rest.upperBound].firstIndex { !$0.isWhiteSpace } ?? rest.upperBound)..<rest.upperBound
    }
    return nil
  }

  /// White space ends a word, except in quotes and in the expressions of a template.
  private func endOfWord(in bytes: [UInt8], _ rest: Range<Int>) -> Int {
    var index = rest.lowerBound
    var quote: UInt8?
    while index < rest.upperBound, quote != nil || !bytes[index].isWhiteSpace {
      if bytes[index] == quote {
        quote = nil
      } else if quote == nil, "'\"".utf8.contains(bytes[index]) {
        quote = bytes[index]
      } else if bytes[index...].starts(with: "{{".utf8) {
        while index + 1 < rest.upperBound, !bytes[index...].starts(with: "}}".utf8) { index += 1 }
      }
      index += 1
    }
    return index
  }
}
