/// A value of a TOML document.
package struct TOMLValue: Sendable {
  package indirect enum Content: Sendable {
    case string(String)
    case boolean(Bool)
    /// An integer or a float, as it is written.
    case number(String)
    /// A date, a time or both, as it is written.
    case dateTime(String)
    case array([TOMLValue])
    case table(TOMLTable)
    /// What `[[…]]` headers make: never empty.
    case tables([TOMLTable])
  }

  package var content: Content
  /// Its bytes, quotes and brackets included; of a table that headers or dotted keys make: none, where its key begins.
  package var range: Range<Int>

  package var byteOffset: Int { range.lowerBound }
}

/// The members of a table, in the order of the file.
package struct TOMLTable: Sendable {
  struct Key: Sendable {
    var text: String
    var byteOffset: Int
  }

  /// What made the table, which decides what may be added to it later (TOML 1.0, "Table").
  enum Origin: Sendable { case header, headerBelow, dottedKey, inline }

  var origin: Origin
  /// Where it begins.
  package var byteOffset: Int
  package private(set) var members: [(key: String, value: TOMLValue)] = []

  init(_ origin: Origin, at byteOffset: Int) {
    self.origin = origin
    self.byteOffset = byteOffset
  }

  /// One without members.
  package static let empty = TOMLTable(.header, at: 0)

  package subscript(key: String) -> TOMLValue? { members.first { $0.key == key }?.value }
}

extension TOMLTable {
  /// `[a.b]`
  mutating func define(header path: [Key]) throws(DocumentError) {
    guard let last = path.last else { return }
    try edit(path.dropLast(), creating: .headerBelow) { table throws(DocumentError) in
      guard let index = table.index(of: last) else {
        return table.append(last, .table(TOMLTable(.header, at: last.byteOffset)))
      }
      guard case .table(var known) = table.members[index].value.content, known.origin == .headerBelow else { throw .defined(last) }
      known.origin = .header
      table.members[index].value.content = .table(known)
    }
  }

  /// `[[a.b]]`
  mutating func define(element path: [Key]) throws(DocumentError) {
    guard let last = path.last else { return }
    try edit(path.dropLast(), creating: .headerBelow) { table throws(DocumentError) in
      let element = TOMLTable(.header, at: last.byteOffset)
      guard let index = table.index(of: last) else { return table.append(last, .tables([element])) }
      guard case .tables(let known) = table.members[index].value.content else { throw .defined(last) }
      table.members[index].value.content = .tables(known + [element])
    }
  }

  /// `a.b = value`, below the header `[table]`.
  mutating func define(_ path: [Key], in table: [Key], as value: TOMLValue) throws(DocumentError) {
    try edit(table[...], creating: .headerBelow) { table throws(DocumentError) in
      guard let last = path.last else { return }
      try table.edit(path.dropLast(), creating: .dottedKey) { table throws(DocumentError) in
        guard table.index(of: last) == nil else { throw .defined(last) }
        table.append(last, value.content, value.range)
      }
    }
  }

  /// Calls `body` with the table at that path, of arrays the last one; what is missing of the path is created.
  private mutating func edit(
    _ path: ArraySlice<Key>, creating origin: Origin, _ body: (inout TOMLTable) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    guard let key = path.first else { return try body(&self) }
    guard let index = index(of: key) else {
      var table = TOMLTable(origin, at: key.byteOffset)
      try table.edit(path.dropFirst(), creating: origin, body)
      return append(key, .table(table))
    }
    switch members[index].value.content {
    case .table(var table) where origin == .dottedKey ? table.origin == .dottedKey : table.origin != .inline:
      try table.edit(path.dropFirst(), creating: origin, body)
      members[index].value.content = .table(table)
    case .tables(var tables) where origin != .dottedKey:
      try tables[tables.count - 1].edit(path.dropFirst(), creating: origin, body)
      members[index].value.content = .tables(tables)
    default: throw .defined(key)
    }
  }

  private func index(of key: Key) -> Int? { members.firstIndex { $0.key == key.text } }

  private mutating func append(_ key: Key, _ content: TOMLValue.Content, _ range: Range<Int>? = nil) {
    members.append((key.text, TOMLValue(content: content, range: range ?? key.byteOffset..<key.byteOffset)))
  }
}

extension DocumentError {
  static func defined(_ key: TOMLTable.Key) -> DocumentError {
    DocumentError(byteOffset: key.byteOffset, problem: "'\(key.text)' is defined already")
  }
}
