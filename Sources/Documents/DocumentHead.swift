/// What a document of a YAML stream begins with: members of its outermost mapping, in any order, each on a line of its own.
package struct DocumentHead: Hashable, Sendable {
  private let members: [Member]

  fileprivate struct Member: Hashable {
    var key: [UInt8]
    var value: [UInt8]
  }

  package init(_ members: KeyValuePairs<String, String>) {
    self.members = members.map { Member(key: Array($0.key.utf8), value: Array($0.value.utf8)) }
  }

  /// Whether these are the first members of a document, which has nothing before them but its `---` and comments. Only what is written
  /// plainly is told.
  func begins(_ document: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var missing = members
    var rest = document
    if rest.starts(with: "---".utf8) {
      guard Self.content(of: Self.nextLine(&rest).dropFirst(3)).isEmpty else { return false }
    }
    while !missing.isEmpty, !rest.isEmpty {
      let line = Self.nextLine(&rest)
      let content = Self.content(of: line)
      if content.isEmpty { continue }
      guard let found = missing.firstIndex(where: { $0.stands(in: content) }) else { return false }
      missing.remove(at: found)
    }
    return missing.isEmpty
  }

  /// The first line without its ending, which is taken off, too.
  private static func nextLine(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
    let line = rest.prefix { !YAMLBytes.isLineEnding($0) }
    rest = rest[line.endIndex...].dropFirst()
    return line
  }

  /// A line without a comment and without the white space behind it.
  private static func content(of line: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
    var end = line.startIndex
    for index in line.indices {
      if line[index] == UInt8(ascii: "#"), index == line.startIndex || YAMLBytes.isBlank(line[index - 1]) { break }
      if !YAMLBytes.isBlank(line[index]) { end = index + 1 }
    }
    return line[..<end]
  }
}

extension DocumentHead.Member {
  /// `key: value`, the value plain or in quotes.
  fileprivate func stands(in line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard line.starts(with: key), line.dropFirst(key.count).starts(with: ": ".utf8) else { return false }
    var written = line.dropFirst(key.count + 2).drop(while: YAMLBytes.isBlank)
    if let quote = written.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), written.count > 1, written.last == quote {
      written = written.dropFirst().dropLast()
    }
    return written.elementsEqual(value)
  }
}
