import Documents

/// Finds the names of parameters in texts.
struct ParameterScanner: Sendable {
  let notation: ParameterNotation
  private let wholes: [Pattern]
  private let parts: [Pattern]

  init(_ notation: ParameterNotation) {
    self.notation = notation
    switch notation {
    case .texts(let texts, let others, _):
      wholes = texts.map(Pattern.init)
      parts = wholes + others.map(Pattern.init)
    case .variable, .contexts: (wholes, parts) = ([], [])
    }
  }

  /// A name as it is compared with others.
  func normalized(_ name: String) -> String {
    if case .contexts = notation { name.lowercased() } else { name }
  }

  // MARK: Whole texts

  /// The parameter that is all of a site; nil where it is something else, or more.
  func name(of site: Site) -> String? {
    guard case .skipped(let reason) = site.content else { return nil }
    let construct: String
    switch reason {
    case .notLiteral(let text), .filledInBy(let text, _): construct = text
    default: return nil
    }
    if case .variable = notation {
      guard construct == site.text || construct.hasPrefix("!") || construct.hasPrefix("Ref ") else { return nil }
      return Self.variable(construct)
    }
    return name(in: site.text)
  }

  /// The parameter that is all of a text but for the blanks around it.
  func name(in text: String) -> String? {
    let range = text.utf8Range { !$0.isWhiteSpace }
    let bytes = Array(text.utf8)[range]
    switch notation {
    case .texts:
      for pattern in wholes {
        guard let found = pattern.match(in: bytes, at: bytes.startIndex), found.end == bytes.endIndex else { continue }
        return String(decoding: bytes[found.name], as: UTF8.self)
      }
      return nil
    case .variable: return Self.variable(text)
    case .contexts(let contexts):
      guard let expression = Self.expressions(in: bytes).first, expression.outer == bytes.indices else { return nil }
      for context in contexts {
        let found = Self.names(of: Array(context.utf8), in: bytes[expression.inner])
        guard let name = found.first, found.count == 1, !name.text.isEmpty else { continue }
        let rest = bytes[expression.inner].filter { !$0.isWhiteSpace }
        if rest.count == context.utf8.count + 1 + name.text.utf8.count { return name.text }
      }
      return nil
    }
  }

  /// The variable that is the whole of an expression: `BASE`, `var.BASE`, `${BASE}`, `"${var.BASE}"`, `!Ref BASE`, `Ref BASE`.
  private static func variable(_ expression: String) -> String? {
    var rest = expression[...]
    for prefix in ["!Ref ", "!Sub ", "Ref "] where rest.hasPrefix(prefix) { rest = rest.dropFirst(prefix.count) }
    if rest.hasPrefix("\""), rest.hasSuffix("\""), rest.count > 1 { rest = rest.dropFirst().dropLast() }
    if let scheme = rest.utf8.firstIndex(of: UInt8(ascii: ":")), rest[scheme...].hasPrefix("://") { rest = rest[scheme...].dropFirst(3) }
    if rest.hasPrefix("${"), rest.hasSuffix("}") { rest = rest.dropFirst(2).dropLast() }
    if rest.hasPrefix("var.") { rest = rest.dropFirst(4) }
    return !rest.isEmpty && rest.utf8.allSatisfy(\.isNameByte) ? String(rest) : nil
  }

  // MARK: Parts of texts

  /// All names in a scalar, one entry for each time. An empty name means all parameters.
  func names(in scalar: Scalar, under key: String?) -> [String] {
    let bytes = Array(scalar.value.utf8)
    switch notation {
    case .texts(_, _, let expressions):
      if let key, expressions.contains(key) { return bytes.split { !$0.isWordByte }.map { String(decoding: $0, as: UTF8.self) } }
      var starts: Set<Int> = []
      var names: [String] = []
      for index in bytes.indices {
        for pattern in parts where pattern.first == bytes[index] {
          guard let found = pattern.match(in: bytes[...], at: index), starts.insert(found.name.lowerBound).inserted else { continue }
          names.append(String(decoding: bytes[found.name], as: UTF8.self))
        }
      }
      return names
    case .variable(let isBare): return Self.variables(in: scalar, bytes, under: key, isBare: isBare)
    case .contexts(let contexts):
      let expressions = key == "if" ? [bytes.indices] : Self.expressions(in: bytes[...]).map(\.inner)
      return expressions.flatMap { expression in
        contexts.flatMap { Self.names(of: Array($0.utf8), in: bytes[expression]).map(\.text) }
      }
    }
  }

  /// The names that are where a variable's name can: behind `$`, `${` or `var.`, where `Ref` takes one, and bare in an expression.
  private static func variables(in scalar: Scalar, _ bytes: [UInt8], under key: String?, isBare: Bool) -> [String] {
    if scalar.tag == "!Ref" || key == "Ref" { return [scalar.value] }
    let isExpression = scalar.style == .expression
    if isBare, scalar.style == .plain { return [scalar.value] }
    guard isExpression || bytes.contains(UInt8(ascii: "$")) else { return [] }
    var names: [String] = []
    var start = 0
    while let first = bytes[start...].firstIndex(where: \.isNameByte) {
      let end = bytes[first...].firstIndex { !$0.isNameByte } ?? bytes.count
      start = end
      let before = bytes[..<first]
      let isName =
        switch before.last {
        case UInt8(ascii: "."): before.suffix(4).elementsEqual("var.".utf8)
        case UInt8(ascii: "{"), UInt8(ascii: "$"): true
        default: isExpression && isBare
        }
      if isName { names.append(String(decoding: bytes[first..<end], as: UTF8.self)) }
    }
    return names
  }

  // MARK: Expressions of GitHub

  /// `${{ … }}` with and without the braces.
  private static func expressions(in bytes: ArraySlice<UInt8>) -> [(outer: Range<Int>, inner: Range<Int>)] {
    var found: [(outer: Range<Int>, inner: Range<Int>)] = []
    var start = bytes.startIndex
    while let dollar = bytes[start...].firstIndex(of: UInt8(ascii: "$")) {
      start = dollar + 1
      guard bytes[dollar...].starts(with: "${{".utf8) else { continue }
      var end = dollar + 3
      while end < bytes.endIndex, !bytes[end...].starts(with: "}}".utf8) { end += 1 }
      let outer = dollar..<min(end + 2, bytes.endIndex)
      found.append((outer, (dollar + 3)..<end))
      start = max(start, outer.upperBound)
    }
    return found
  }

  /// What is behind a context's name and a dot in an expression; nothing where the context is there as a whole, or its members are
  /// named in another way.
  private static func names(of context: [UInt8], in expression: ArraySlice<UInt8>) -> [(text: String, start: Int)] {
    var found: [(text: String, start: Int)] = []
    for index in expression.indices {
      let isWord = index == expression.startIndex || !(expression[index - 1].isNameByte || expression[index - 1] == UInt8(ascii: "."))
      let end = index + context.count
      guard isWord, end <= expression.endIndex,
        String(decoding: expression[index..<end], as: UTF8.self).lowercased().utf8.elementsEqual(context)
      else { continue }
      let rest = expression[end...]
      if rest.first?.isNameByte ?? false { continue }
      let name = rest.first == UInt8(ascii: ".") ? rest.dropFirst().prefix { $0.isNameByte || $0 == UInt8(ascii: ".") } : []
      found.append((String(decoding: name, as: UTF8.self).lowercased(), index))
    }
    return found
  }
}

extension ParameterScanner {
  /// The text around a name.
  private struct Pattern: Sendable {
    private let prefix: [UInt8]
    private let suffix: [UInt8]
    /// It is the name itself.
    private let isName: Bool
    /// A shell's variable ends where a word does; other names have dots and dashes in them.
    private let isShellVariable: Bool

    var first: UInt8? { prefix.first }

    init(_ text: String) {
      let parts = text.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
      prefix = Array(parts[0].utf8)
      suffix = parts.count > 1 ? Array(parts[1].utf8) : []
      isName = parts.count == 1
      isShellVariable = prefix.first == UInt8(ascii: "$") && prefix.allSatisfy { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "{") }
    }

    /// The name, and the end of the pattern; nil where something else follows a name than the pattern says.
    func match(in bytes: ArraySlice<UInt8>, at start: Int) -> (name: Range<Int>, end: Int?)? {
      if prefix.first?.isNameByte ?? false, start > bytes.startIndex {
        guard !bytes[start - 1].isNameByte, bytes[start - 1] != UInt8(ascii: ".") else { return nil }
      }
      var index = start
      for (position, byte) in prefix.enumerated() {
        if position > 0, takesBlanks(prefix[position - 1], byte) { index = skipBlanks(in: bytes, from: index) }
        guard index < bytes.endIndex, bytes[index] == byte else { return nil }
        index += 1
      }
      if !isShellVariable, prefix.last == UInt8(ascii: "{") { index = skipBlanks(in: bytes, from: index) }
      if isName, index < bytes.endIndex, bytes[index].isNameByte { return nil }
      var name = bytes[(isName ? start : index)...].prefix {
        $0.isWordByte || !isShellVariable && ($0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "."))
      }
      while let last = name.last, !last.isWordByte { name.removeLast() }
      guard !name.isEmpty else { return nil }
      var end = suffix.isEmpty ? name.endIndex : skipBlanks(in: bytes, from: name.endIndex)
      for byte in suffix {
        end = byte == UInt8(ascii: ")") ? skipBlanks(in: bytes, from: end) : end
        guard end < bytes.endIndex, bytes[end] == byte else { return (name.indices, nil) }
        end += 1
      }
      return (name.indices, end)
    }

    /// Between two words of the pattern, but not behind a dollar sign or within `<<`.
    private func takesBlanks(_ left: UInt8, _ right: UInt8) -> Bool {
      left != UInt8(ascii: "$") && left != right && !(left.isNameByte && right.isNameByte)
    }

    private func skipBlanks(in bytes: ArraySlice<UInt8>, from index: Int) -> Int {
      bytes[index...].firstIndex { !$0.isWhiteSpace } ?? bytes.endIndex
    }
  }
}
