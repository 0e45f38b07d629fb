import Documents
import References
import SourceText

/// The default of a variable, which is an image if the file uses the variable as one.
struct VariableDefault {
  let name: String
  var site: Site

  /// The match is the default; the mapping that holds it stands under the variable's name.
  init(_ match: DocumentWalk.Match, _ site: Site) {
    name = match.path.split(separator: ".").dropLast().last.map(String.init) ?? ""
    self.site = site
  }
}

extension PlaceReader {
  /// The defaults of those variables that are the whole of an image somewhere. One that is also a part of a longer text is left alone.
  func used(_ defaults: [VariableDefault], by sites: [Site]) -> [Site] {
    guard !defaults.isEmpty else { return [] }
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
      if let line = lineOfPart(variable.name, isWhole: { Self.variable($0) == variable.name }) {
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

  /// The line of the first text that has the variable in it and something else.
  func lineOfPart(_ name: String, isWhole: (String) -> Bool) -> Int? {
    var pending = stream.documents
    var first: Int?
    while let node = pending.popLast() {
      pending += node.elements
      pending += node.members.map(\.value)
      guard let scalar = node.scalar, Self.uses(name, scalar), !isWhole(scalar.value) else { continue }
      first = min(first ?? node.range.lowerBound, node.range.lowerBound)
    }
    return first.map { text.position(at: $0).line }
  }

  private static func uses(_ name: String, _ scalar: Scalar) -> Bool {
    let bytes = Array(scalar.value.utf8)
    let needle = Array(name.utf8)
    guard bytes.count >= needle.count, scalar.style == .expression || bytes.contains(UInt8(ascii: "$")) else { return false }
    return (0...(bytes.count - needle.count)).contains { start in
      let end = start + needle.count
      guard bytes[start..<end].elementsEqual(needle), end == bytes.count || !bytes[end].isNameByte else { return false }
      guard start > 0 else { return scalar.style == .expression }
      if bytes[start - 1] == UInt8(ascii: ".") { return bytes[..<start].suffix(4).elementsEqual("var.".utf8) }
      if scalar.style == .expression { return !bytes[start - 1].isNameByte }
      return bytes[start - 1] == UInt8(ascii: "{") || bytes[start - 1] == UInt8(ascii: "$")
    }
  }
}
