import Documents
import References
import SourceText

/// The default of a variable, which is an image if the file uses the variable as one.
struct VariableDefault {
  let name: String
  let site: Site
}

extension ReadFile {
  /// The defaults of those variables that are the whole of an image somewhere. One that is also a part of a longer text is left alone.
  func used(_ defaults: [VariableDefault], by sites: [Site]) -> [Site] {
    guard !defaults.isEmpty else { return [] }
    let lines = stream.linesOfParts(Set(defaults.map(\.name)), in: text, whole: Self.variable)
    var forms: [String: Set<PinForm>] = [:]
    for site in sites {
      guard case .skipped(.notLiteral(let construct)) = site.content, let name = Self.variable(construct) else { continue }
      guard construct == site.text || construct.hasPrefix("!") || construct.hasPrefix("Ref ") else { continue }
      forms[name, default: []].insert(site.form)
    }
    return defaults.compactMap { variable in
      guard let forms = forms[variable.name] else { return nil }
      var site = variable.site
      if forms.contains(.digest) { site.form = .digest }
      if let line = lines[variable.name] {
        site.content = .skipped(
          .notPinnable("line \(line) uses '\(variable.name)' as a part of a longer text; give the image a variable of its own"))
      }
      return site
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
}

extension DocumentStream {
  /// For each of these variables, the line of the first text that has it in it and something else. `whole` is the variable that a text wholly is.
  func linesOfParts(_ names: Set<String>, in text: SourceText, whole: (String) -> String?) -> [String: Int] {
    guard !names.isEmpty else { return [:] }
    var first: [String: Int] = [:]
    var pending = documents
    while let node = pending.popLast() {
      pending += node.elements
      pending += node.members.map(\.value)
      guard let scalar = node.scalar else { continue }
      let used = Self.variables(in: scalar).filter(names.contains)
      guard !used.isEmpty else { continue }
      let whole = whole(scalar.value)
      for name in used where name != whole { first[name] = min(first[name] ?? .max, node.range.lowerBound) }
    }
    return first.mapValues { text.position(at: $0).line }
  }

  /// The names that stand where a variable's name can: behind `$`, `${` or `var.`, and in an expression by themselves.
  private static func variables(in scalar: Scalar) -> Set<String> {
    let isExpression = scalar.style == .expression
    guard isExpression || scalar.value.utf8.contains(UInt8(ascii: "$")) else { return [] }
    let bytes = Array(scalar.value.utf8)
    var names: Set<String> = []
    var start = 0
    while let first = bytes[start...].firstIndex(where: \.isNameByte) {
      let end = bytes[first...].firstIndex { !$0.isNameByte } ?? bytes.count
      start = end
      let before = bytes[..<first]
      let isName =
        switch before.last {
        case UInt8(ascii: "."): before.suffix(4).elementsEqual("var.".utf8)
        case UInt8(ascii: "{"), UInt8(ascii: "$"): true
        default: isExpression
        }
      if isName { names.insert(String(decoding: bytes[first..<end], as: UTF8.self)) }
    }
    return names
  }
}
