/// The `ARG` instructions in front of the first `FROM`, whose defaults `FROM` can use.
struct DockerfileArguments: Sendable {
  struct Argument: Sendable {
    var name: String
    /// The default as written; nil where there is none.
    var value: TracedBytes?
    /// The index of its instruction.
    var instruction: Int
    /// Where that begins.
    var offset: Int
  }

  /// Where the text of a reference comes from.
  enum Origin: Sendable {
    /// Written out: in the default of the argument with that index, or where it is used.
    case literal(TracedBytes, argument: Int?)
    /// In parts that are all known.
    case assembled(AssembledName)
    case notLiteral(String)
    case malformed(String)
  }

  private(set) var arguments: [Argument] = []
  /// For each argument that is a part of a longer name, that name.
  private(set) var partialUses: [Int: String] = [:]
  /// The arguments of each name that have a default.
  private var indices: [String: [Int]] = [:]
  private let escape: UInt8

  /// Defaults of defaults are followed that far; each level can ask twice.
  private static let maximumDepth = 8

  init(escape: UInt8) {
    self.escape = escape
  }

  /// Adds the arguments of one instruction; there can be several, with and without defaults.
  mutating func add(_ line: TracedBytes, instruction: Int, at offset: Int) {
    for argument in Self.arguments(of: line, escape: escape) {
      if argument.value != nil { indices[argument.name, default: []].append(arguments.count) }
      arguments.append(Argument(name: argument.name, value: argument.value, instruction: instruction, offset: offset))
    }
  }

  /// The names and defaults of one `ARG` instruction.
  static func arguments(of line: TracedBytes, escape: UInt8) -> [(name: String, value: TracedBytes?)] {
    words(of: line, escape: escape).map { word in
      guard let equals = word.bytes.firstIndex(of: UInt8(ascii: "=")) else { return (word.text, nil) }
      return (word[0..<equals].text, word[(equals + 1)..<word.count])
    }
  }

  /// By the index of each argument whose default is written out, the names that stand for it: its own, and those of arguments whose default
  /// it is.
  mutating func names() -> [Int: Set<String>] {
    var names: [Int: Set<String>] = [:]
    for (index, argument) in arguments.enumerated() {
      guard let value = argument.value, case .literal(_, let source?) = origin(of: value, before: index, inside: index, depth: 0) else {
        continue
      }
      names[source, default: []].insert(argument.name)
    }
    return names
  }

  /// Follows a word to where its text is written, through defaults that are another argument and nothing else.
  mutating func origin(of word: TracedBytes) -> Origin {
    origin(of: word, before: arguments.count, inside: nil, depth: 0)
  }

  private mutating func origin(of word: TracedBytes, before limit: Int, inside argument: Int?, depth: Int) -> Origin {
    switch DockerfileWord(word, escape: escape) {
    case .literal(let text):
      return .literal(text, argument: argument)
    case .malformed(let problem):
      return .malformed(problem)
    case .composed(let pieces):
      for case .variable(let variable) in pieces {
        if let used = index(of: variable.name, before: limit) { partialUses[used] = word.text }
      }
      return assembled(pieces, before: limit, inside: argument, depth: depth)
    case .variable(let variable):
      guard depth < Self.maximumDepth else { return .notLiteral(variable.construct) }
      if let used = index(of: variable.name, before: limit), let value = arguments[used].value {
        let origin = origin(of: value, before: used, inside: used, depth: depth + 1)
        guard case .literal(let text, _) = origin, text.isEmpty else {
          if case .notLiteral = origin { return .notLiteral(variable.construct) }
          return origin
        }
        guard variable.emptyIsUnset else { return .notLiteral(variable.construct) }
      }
      guard let fallback = variable.fallback, !fallback.isEmpty else { return .notLiteral(variable.construct) }
      return origin(of: fallback, before: limit, inside: argument, depth: depth + 1)
    }
  }

  private mutating func assembled(_ pieces: [DockerfileWord.Piece], before limit: Int, inside argument: Int?, depth: Int) -> Origin {
    let here = argument.map { AssembledName.Source.elsewhere(arguments[$0].name, at: arguments[$0].offset) }
    var name = AssembledName(parts: [])
    for piece in pieces {
      switch piece {
      case .literal(let text): name.parts.append(.init(text: text, source: here ?? .name))
      case .variable(let variable):
        guard !variable.isChanged, let parts = parts(of: variable, before: limit, here: here, depth: depth) else {
          return .notLiteral(variable.construct)
        }
        name.parts += parts
      }
    }
    return .assembled(name)
  }

  /// What a variable that is a part of a name is filled with by its default; nil where that is not known.
  private mutating func parts(
    of variable: DockerfileWord.Variable, before limit: Int, here: AssembledName.Source?, depth: Int
  ) -> [AssembledName.Part]? {
    guard depth < Self.maximumDepth else { return nil }
    if let used = index(of: variable.name, before: limit), let value = arguments[used].value {
      let source = AssembledName.Source.elsewhere(variable.name, at: arguments[used].offset)
      switch origin(of: value, before: used, inside: used, depth: depth + 1) {
      case .literal(let text, argument: _) where !text.isEmpty || !variable.emptyIsUnset || variable.fallback == nil:
        return [.init(text: text, source: source)]
      case .literal: break
      case .assembled(let name): return name.parts
      case .notLiteral, .malformed: return nil
      }
    }
    guard let fallback = variable.fallback, case .literal(let text) = DockerfileWord(fallback, escape: escape), !text.isEmpty else {
      return nil
    }
    return [.init(text: text, source: here ?? .fallback(variable.name))]
  }

  /// The last one of that name that has a default.
  private func index(of name: String, before limit: Int) -> Int? {
    indices[name]?.last { $0 < limit }
  }

  /// Words apart by white space outside of quotes; quotes and escapes stay in them.
  private static func words(of line: TracedBytes, escape: UInt8) -> [TracedBytes] {
    let bytes = line.bytes
    var words: [TracedBytes] = []
    var start: Int?
    var quote: UInt8?
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if quote == nil, byte.isWhiteSpace {
        if let begun = start { words.append(line[begun..<index]) }
        start = nil
        index += 1
        continue
      }
      if start == nil { start = index }
      if byte == escape, quote != UInt8(ascii: "'") {
        index += 1
      } else if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      }
      index += 1
    }
    if let begun = start { words.append(line[begun..<bytes.count]) }
    return words
  }
}
