import Rules
import SourceText

/// A comment that tells this tool, or another pinning tool, to leave a reference alone.
package struct IgnoreMark: Hashable, Sendable {
  /// As it is written, without the reason behind it: `tagpin: ignore until 2027-03-01`.
  package let text: String
  /// The last day on which it counts; nil where it names none.
  package let until: CalendarDay?

  /// The mark in a comment's text: `tagpin: ignore`, `tagpin:ignore` or `ratchet:exclude`, which begins the comment or follows a `#` in it.
  /// nil where there is none.
  package init?(in comment: String) {
    for part in Array(comment.utf8).split(separator: UInt8(ascii: "#")) {
      let words = part.drop { $0.isBlank || $0 == UInt8(ascii: "/") }
      if let end = Self.end(of: "tagpin", "ignore", in: words) {
        let day = Self.day(behind: end, in: words)
        text = String(decoding: words[..<(day?.end ?? end)], as: UTF8.self)
        until = day?.day
        return
      }
      if let end = Self.end(of: "ratchet", "exclude", in: words) {
        text = String(decoding: words[..<end], as: UTF8.self)
        until = nil
        return
      }
    }
    return nil
  }

  private static func end(of tool: String, _ word: String, in text: ArraySlice<UInt8>) -> Int? {
    guard text.starts(with: tool.utf8) else { return nil }
    var rest = text.dropFirst(tool.utf8.count)
    guard rest.first == UInt8(ascii: ":") else { return nil }
    rest = rest.dropFirst().drop(while: \.isBlank)
    guard rest.starts(with: word.utf8) else { return nil }
    rest = rest.dropFirst(word.utf8.count)
    if let next = rest.first, next.isNameByte { return nil }
    return rest.startIndex
  }

  /// The day of `until 2027-03-01`, and where that ends.
  private static func day(behind start: Int, in text: ArraySlice<UInt8>) -> (day: CalendarDay, end: Int)? {
    guard let word = untilWord(behind: start, in: text), let day = CalendarDay(String(decoding: word, as: UTF8.self)) else { return nil }
    return (day, word.endIndex)
  }

  /// The word behind `until`; nil where there is no `until`.
  fileprivate static func untilWord(behind start: Int, in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let rest = text[start...].drop(while: \.isBlank)
    guard rest.starts(with: "until".utf8), rest.dropFirst(5).first.map(\.isBlank) ?? true else { return nil }
    return rest.dropFirst(5).drop(while: \.isBlank).prefix { $0.isNameByte }
  }
}

extension IgnoreMark {
  /// Something behind `# tagpin:` that says nothing to this tool.
  package struct Fault: Hashable, Sendable {
    package var byteOffset: Int
    package var message: String
  }

  /// Without which a file has no mark, and no fault.
  package static let name = ContentMarks.Mark(anywhere: "tagpin:")

  /// Those in a whole file, whatever it is: `# tagpin: ignroe`, `// tagpin: ignore until May`.
  package static func faults(in text: SourceText) -> [Fault] {
    let name = Self.name.bytes
    var faults: [Fault] = []
    var start = 0
    while let found = text.bytes.firstIndex(of: name, from: start) {
      start = found + name.count
      let line = text.lineRange(text.lineIndex(at: found))
      let before = text.bytes[line.lowerBound..<found].reversed().drop(while: \.isBlank)
      guard before.first == UInt8(ascii: "#") || before.starts(with: "//".utf8) else { continue }
      let words = text.bytes[start..<line.upperBound].drop(while: \.isBlank)
      let word = words.prefix { $0.isNameByte }
      let written = String(decoding: word, as: UTF8.self)
      if written == "ignore" {
        // Until something else, in words, is a reason like any other.
        guard let day = untilWord(behind: word.endIndex, in: words), day.prefix(4).count(where: { (0x30...0x39).contains($0) }) == 4 else {
          continue
        }
        let shown = String(decoding: day, as: UTF8.self)
        guard CalendarDay(shown) == nil else { continue }
        faults.append(
          Fault(
            byteOffset: found, message: "'\(shown)' is not a day, so this comment never ends; write 'tagpin: ignore until 2027-03-01'"))
      } else if words.startIndex > start || written.hasPrefix("ign") {
        // Without a blank it may be the name of an image.
        faults.append(Fault(byteOffset: found, message: "'tagpin: \(written)' says nothing; only 'tagpin: ignore' does"))
      }
    }
    return faults
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension Site {
  /// Leaves it alone, and remembers what it is otherwise: the comment may end.
  mutating func leave(by mark: IgnoreMark) {
    covered = Covered(content: content, mark: mark)
    content = .skipped(.ignoredByComment(mark.text))
  }

  /// Takes the comment away where its last day has passed.
  mutating func endMark(today: CalendarDay) {
    guard let covered, let until = covered.mark.until, until < today else { return }
    content = covered.content
    endedMark = covered.mark
  }
}
