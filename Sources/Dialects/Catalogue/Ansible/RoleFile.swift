import SourceText

/// A file of a role, in lines.
struct RoleFile {
  struct Line {
    /// How many blanks it begins with.
    var indentation: Int
    /// Without comments and white space around it.
    var text: String
    /// A member of a mapping in it: behind `- `, without quotes around the value.
    var member: (key: String, value: String)?
    /// It gives a variable at the top of its file a value.
    var definition: (name: String, value: String)?
    /// The names that are in it, whatever they are.
    var words: [String]
  }

  let name: String
  /// It lies in `defaults` or `vars`.
  let isOfVariables: Bool
  let lines: [Line]
  private let parents: [Int?]

  static func holdsVariables(_ path: String) -> Bool { path.hasPrefix("defaults/") || path.hasPrefix("vars/") }

  init(name: String, isOfVariables: Bool, _ bytes: [UInt8]) {
    self.name = name
    self.isOfVariables = isOfVariables
    lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Self.line)
    parents = Self.parents(of: lines)
  }

  private static func line(_ bytes: ArraySlice<UInt8>) -> Line {
    let indentation = bytes.prefix { $0 == 0x20 }.count
    let content = bytes.dropFirst(indentation)
    var text = content.first == UInt8(ascii: "#") ? "" : String(decoding: content, as: UTF8.self)
    while text.last?.isWhitespace ?? false { text.removeLast() }
    let member = member(text)
    let definition = indentation == 0 && !text.hasPrefix("-") ? member.map { (name: $0.key, value: $0.value) } : nil
    let words = text.utf8.split { !$0.isWordByte }.map { String(decoding: Array($0), as: UTF8.self) }
    return Line(indentation: indentation, text: text, member: member, definition: definition, words: words)
  }

  /// `- image: "nginx:1.27"`; of a unit of Podman, `Image=nginx:1.27`.
  private static func member(_ text: String) -> (key: String, value: String)? {
    if text.hasPrefix("Image=") { return ("image", String(text.dropFirst("Image=".count))) }
    var rest = Substring(text)
    while rest.hasPrefix("- ") { rest = rest.dropFirst(2).drop { $0 == " " } }
    guard let colon = rest.firstIndex(of: ":") else { return nil }
    let key = rest[..<colon]
    let value = rest[colon...].dropFirst()
    guard value.isEmpty || value.first == " ", !key.isEmpty, key.utf8.allSatisfy({ $0.isWordByte || $0 == UInt8(ascii: ".") }) else {
      return nil
    }
    return (String(key), scalar(value.drop { $0 == " " }))
  }

  /// Without quotes, and without a comment behind it.
  private static func scalar(_ written: Substring) -> String {
    if let quote = written.first, quote == "\"" || quote == "'", let end = written.dropFirst().firstIndex(of: quote) {
      let rest = written[end...].dropFirst().drop { $0 == " " }
      return rest.isEmpty || rest.hasPrefix("#") ? String(written[..<end].dropFirst()) : String(written)
    }
    guard let comment = written.firstRange(of: " #") else { return String(written) }
    var value = written[..<comment.lowerBound]
    while value.last == " " { value.removeLast() }
    return String(value)
  }

  /// `{{ name }}:{{ tag }}`, `nginx:v{{ version }}`; nil where the braces hold anything but a variable, or there are no braces.
  static func parts(of value: String) -> [RoleUses.Part]? {
    var parts: [RoleUses.Part] = []
    var rest = Substring(value)
    while let open = rest.firstRange(of: "{{") {
      guard let close = rest[open.upperBound...].firstRange(of: "}}") else { return nil }
      if open.lowerBound > rest.startIndex { parts.append(.literal(String(rest[..<open.lowerBound]))) }
      let words = rest[open.upperBound..<close.lowerBound].split(separator: " ")
      guard words.count == 1, let name = words.first, name.utf8.allSatisfy(\.isWordByte) else { return nil }
      parts.append(.variable(String(name)))
      rest = rest[close.upperBound...]
    }
    if !rest.isEmpty { parts.append(.literal(String(rest))) }
    let isElse = parts.allSatisfy { $0.variable == nil } || value.contains("{%") || parts.contains(where: \.hasBlank)
    return isElse ? nil : parts
  }

  // MARK: Who uses an image

  /// In which form the `image` in that line takes a digest; nil where it may be that of a machine.
  func form(ofImageIn index: Int) -> PinForm? {
    if name.hasPrefix("templates/") { return .tagAndDigest }
    var next = parents[index]
    while let parent = next {
      let key = lines[parent].text.drop { $0 == "-" || $0 == " " }.prefix { $0 != ":" }
      switch key.split(separator: ".").last {
      case "docker_container"?: return .digest
      case "podman_container"?, "docker_swarm_service"?, "definition"?: return .tagAndDigest
      default: next = parents[parent]
      }
    }
    return nil
  }

  /// Of each line the last one before it that is indented less. O(lines).
  private static func parents(of lines: [Line]) -> [Int?] {
    var open: [Int] = []
    return lines.indices.map { index in
      guard !lines[index].text.isEmpty else { return nil }
      while let last = open.last, lines[last].indentation >= lines[index].indentation { open.removeLast() }
      defer { open.append(index) }
      return open.last
    }
  }
}

extension RoleUses.Part {
  var variable: String? { if case .variable(let name) = self { name } else { nil } }

  fileprivate var hasBlank: Bool { if case .literal(let text) = self { text.contains(where: \.isWhitespace) } else { false } }
}
