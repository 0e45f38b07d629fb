/// What an expanded word consists of, by the rules of BuildKit's frontend/dockerfile/shell.
enum DockerfileWord: Sendable {
  /// Nothing is filled in; quotes and escapes are taken away.
  case literal(TracedBytes)
  /// One variable and nothing else: `$BASE`, `"${BASE}"`, `${BASE:-nginx:1.25}`.
  case variable(Variable)
  /// Variables are parts of it.
  case composed([Piece])
  case malformed(String)

  enum Piece: Sendable {
    case literal(TracedBytes)
    case variable(Variable)
  }

  struct Variable: Sendable {
    var name: String
    /// As written.
    var construct: String
    /// What is behind `-` or `:-`.
    var fallback: TracedBytes?
    /// `:-`: an empty value counts as none.
    var emptyIsUnset = false
    /// Its value is changed or replaced: `${BASE%x}`, `${BASE:+x}`.
    var isChanged = false
  }

  init(_ word: TracedBytes, escape: UInt8) {
    let bytes = word.bytes
    var literal = TracedBytes()
    var pieces: [Piece] = []
    var quote: UInt8?
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "$"), quote != UInt8(ascii: "'"),
        let end = Literal.endOfPlaceholder(at: index, in: bytes[...], constructs: .dollar)
      {
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = TracedBytes()
        pieces.append(.variable(Variable(word[index..<end])))
        index = end
        continue
      } else if byte == escape, quote != UInt8(ascii: "'"), index + 1 < bytes.count,
        quote == nil || [escape, UInt8(ascii: "\""), UInt8(ascii: "$")].contains(bytes[index + 1])
      {
        index += 1
        literal.append(word, at: index)
      } else {
        literal.append(word, at: index)
      }
      index += 1
    }
    if quote != nil {
      self = .malformed("a quote is not closed")
    } else if pieces.isEmpty {
      self = .literal(literal)
    } else if pieces.count == 1, literal.isEmpty, case .variable(let variable) = pieces[0], !variable.isChanged {
      self = .variable(variable)
    } else {
      self = .composed(literal.isEmpty ? pieces : pieces + [.literal(literal)])
    }
  }
}

extension DockerfileWord.Variable {
  /// `$NAME` or `${NAME…}`.
  init(_ construct: TracedBytes) {
    self.construct = construct.text
    let isBraced = construct.count > 1 && construct.bytes[1] == UInt8(ascii: "{")
    let inner = construct.bytes.dropFirst(isBraced ? 2 : 1)
    let name = inner.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
    self.name = String(decoding: name, as: UTF8.self)
    guard isBraced else { return }
    var rest = inner[name.endIndex...]
    guard rest.popLast() == UInt8(ascii: "}") else {
      isChanged = true
      return
    }
    if rest.first == UInt8(ascii: ":") {
      rest.removeFirst()
      emptyIsUnset = true
    }
    switch rest.first {
    case nil:
      isChanged = emptyIsUnset
    case UInt8(ascii: "-"):
      fallback = construct[(rest.startIndex + 1)..<rest.endIndex]
    case UInt8(ascii: "?"):
      break
    default:
      isChanged = true
    }
  }
}
