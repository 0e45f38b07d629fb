import Configuration

/// What `tagpin config` prints: every key with what counts, and where that is written.
package struct ConfigurationReport {
  private let places: [LayerPlace]
  private let keys: [ConfiguredKey]

  package init(_ places: [LayerPlace], _ keys: [ConfiguredKey]) {
    self.places = places
    self.keys = keys
  }

  // MARK: Text

  /// A configuration file that says the same, with the origins as comments.
  package var text: String {
    var lines = [Line("# Looked for, the nearest last:")] + places.map { Line("#   \($0.shown)") } + [Line("")]
    var parent: Substring?
    for key in keys {
      let path = key.name.split(separator: ".")
      let indentation = path.count > 1 ? "  " : ""
      if path.count > 1, path.first != parent {
        // Comments alone do not make a mapping.
        let isEmpty = keys.filter { $0.name.hasPrefix("\(path[0]).") }.allSatisfy(\.isInWords)
        lines.append(Line("\(path[0]):" + (isEmpty ? " {}" : "")))
      }
      parent = path.first
      lines += key.lines(named: String(path[path.count - 1])).map { Line(indentation + $0.text, $0.comment) }
    }
    // The origins are in one column, unless a value is long.
    let width = lines.filter { $0.comment != nil && $0.text.count <= 48 }.map(\.text.count).max() ?? 0
    return lines.map { line in
      let padding = String(repeating: " ", count: max(0, width - line.text.count))
      return line.text + (line.comment.map { "\(padding)  # \($0)" } ?? "") + "\n"
    }.joined()
  }

  fileprivate struct Line {
    var text: String
    var comment: String?

    init(_ text: String, _ comment: String? = nil) {
      self.text = text
      self.comment = comment
    }
  }

  // MARK: JSON

  /// `{"version": 1, "layers": […], "settings": […]}`. A setting has `value`, or `elements` with one each, and `file`, `line` and `trusted`
  /// beside it, `variable` (the names) or `default`.
  package var json: String {
    JSONValue.object([
      ("version", .integer(1)),
      (
        "layers",
        .array(
          places.map {
            .object([
              ("layer", .string($0.owner.rawValue)), ("file", .optional($0.file)), ("trusted", .bool($0.trust == .user)),
              ("state", .string($0.state.rawValue)),
            ])
          })
      ),
      ("settings", .array(keys.map(\.json))),
    ]).document
  }
}

extension LayerPlace {
  fileprivate var shown: String {
    let name =
      switch owner {
      case .machine: "the machine's"
      case .user: "yours"
      case .named: "--config or TAGPIN_CONFIG"
      case .repository: "the repository's, which makes nothing laxer"
      }
    let outcome =
      switch state {
      case .read: "read"
      case .missing: file == nil ? "not looked for: HOME is not set" : "not there"
      case .unnamed: "not given"
      case .unwanted: "not read, as --no-repository-config says"
      case .sameFile: "the same file as another layer"
      }
    return (file.map { "\($0.visible) (\(name))" } ?? name) + ": " + outcome
  }
}

extension ConfiguredKey {
  fileprivate var isInWords: Bool { if case .standard(.words) = content { true } else { false } }

  fileprivate func lines(named name: String) -> [ConfigurationReport.Line] {
    var lines: [ConfigurationReport.Line] = []
    switch content {
    case .value(let value): lines = [.init("\(name): \(value.value.yaml)", value.origin.description.visible)]
    case .elements(let elements):
      if isIntersection { lines.append(.init("# What a trusted file and the repository's both match:")) }
      lines.append(.init(elements.isEmpty && added.isEmpty ? "\(name): []" : "\(name):"))
      lines += elements.map { .init("  - \($0.value.yaml)", $0.origin.description.visible) }
      lines += added.map { .init("  - \($0.value.yaml)", $0.name) }
    case .variable(let variable): lines = [.init("\(name): \(variable.value.yaml)", variable.name)]
    case .standard(.value(let value)): lines = [.init("\(name): \(value.yaml)", "default")]
    case .standard(.words(let words)): lines = [.init("# \(name): \(words)", "default")]
    }
    return lines + overruled.map { .init("# \($0.description.visible) has another '\(name)', which is not taken: a trusted file decides") }
  }

  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [("key", .string(name))]
    switch content {
    case .value(let value): members += value.json
    case .elements(let elements): members.append(("elements", .array(elements.map { .object($0.json) } + added.map { .object($0.json) })))
    case .variable(let variable): members += variable.json
    case .standard(.value(let value)): members += [("value", value.json), ("default", .bool(true))]
    case .standard(.words(let words)): members += [("value", .null), ("default", .bool(true)), ("description", .string(words))]
    }
    if isIntersection { members.append(("intersection", .bool(true))) }
    if !overruled.isEmpty { members.append(("overruled", .array(overruled.map { .object($0.json) }))) }
    return .object(members)
  }
}

extension Configured<SettingValue> {
  fileprivate var json: [(key: String, value: JSONValue)] { [("value", value.json)] + origin.json }
}

extension ConfiguredKey.Variable {
  fileprivate var json: [(key: String, value: JSONValue)] { [("value", value.json), ("variable", .string(name))] }
}

extension SettingOrigin {
  fileprivate var json: [(key: String, value: JSONValue)] {
    [("file", .string(file)), ("line", .integer(line)), ("trusted", .bool(trust == .user))]
  }
}

extension SettingValue {
  /// On one line, as YAML. Texts are quoted: what is not printable in them is escaped.
  fileprivate var yaml: String {
    switch self {
    case .text(let text):
      var quoted = ""
      JSONValue.write(text, to: &quoted)
      return quoted
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let elements): return "[" + elements.map(\.yaml).joined(separator: ", ") + "]"
    case .mapping(let members): return "{ " + members.map { "\($0.key): \($0.value.yaml)" }.joined(separator: ", ") + " }"
    }
  }

  fileprivate var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .flag(let flag): .bool(flag)
    case .list(let elements): .array(elements.map(\.json))
    case .mapping(let members): .object(members.map { ($0.key, $0.value.json) })
    }
  }
}
