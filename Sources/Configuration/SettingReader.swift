import Dialects
import Documents
import SourceText

/// A value in the configuration file, and the key it is under.
struct Setting: Sendable {
  var key: String
  var node: Node
}

/// Takes values out of one configuration file, or says which other thing is where.
struct SettingReader: Sendable {
  let source: SourceText
  let file: String
  let trust: Configuration.Trust

  func error(at byteOffset: Int, _ problem: String) -> ConfigurationError {
    ConfigurationError(file: file, at: source.position(at: byteOffset), problem: problem)
  }

  func error(at setting: Setting, _ problem: String) -> ConfigurationError {
    error(at: setting.node.range.lowerBound, problem)
  }

  func origin(of node: Node) -> SettingOrigin {
    SettingOrigin(file: file, line: source.position(at: node.range.lowerBound).line, trust: trust)
  }

  /// The members of a mapping in their order, each key one of the cases and there once.
  func members<Key: RawRepresentable<String> & CaseIterable>(
    of node: Node, in parent: String? = nil, as keys: Key.Type
  ) throws(ConfigurationError) -> [(key: Key, value: Setting)] {
    try members(of: node, in: parent, known: keys.allCases.map(\.rawValue)).compactMap { setting in
      Key(rawValue: setting.key).map { ($0, setting) }
    }
  }

  /// The members of a mapping in their order, each key one of those known and there once.
  func members(of node: Node, in parent: String? = nil, known: [String]) throws(ConfigurationError) -> [Setting] {
    guard case .mapping(let members) = node.content else {
      throw error(at: node.range.lowerBound, Self.expected("a mapping with \(Self.list(known))", in: parent, found: node))
    }
    var lines: [String: Int] = [:]
    var result: [Setting] = []
    for member in members {
      let offset = member.key.range.lowerBound
      guard let name = member.key.scalar?.value else { throw error(at: offset, Self.expected("a key", in: parent, found: member.key)) }
      guard known.contains(name) else { throw error(at: offset, Self.unknown(name, in: parent, known: known)) }
      if let line = lines[name] { throw error(at: offset, "duplicate key '\(name)': it is in line \(line) already") }
      lines[name] = source.position(at: offset).line
      result.append(Setting(key: name, node: member.value))
    }
    return result
  }

  func text(_ setting: Setting, _ what: String) throws(ConfigurationError) -> String {
    guard let scalar = setting.node.scalar, scalar.isString, Self.isPlainlyTagged(scalar) else { throw expected(what, at: setting) }
    return scalar.value
  }

  func flag(_ setting: Setting) throws(ConfigurationError) -> Bool {
    if let scalar = setting.node.scalar, scalar.style == .plain, Self.isPlainlyTagged(scalar) {
      if ["true", "True", "TRUE"].contains(scalar.value) { return true }
      if ["false", "False", "FALSE"].contains(scalar.value) { return false }
    }
    throw expected("true or false", at: setting)
  }

  func elements(_ setting: Setting, _ what: String) throws(ConfigurationError) -> [Setting] {
    guard case .sequence(let elements) = setting.node.content else { throw expected(what, at: setting) }
    return elements.map { Setting(key: setting.key, node: $0) }
  }

  /// Patterns over the repository's paths: one, or a list, which may be empty only where that is what one would expect without it.
  func files(_ setting: Setting, canBeNone: Bool = false) throws(ConfigurationError) -> [Glob] {
    let settings =
      if case .sequence = setting.node.content { try elements(setting, "a list") } else { [setting] }
    guard canBeNone || !settings.isEmpty else {
      throw error(at: setting, "the list of '\(setting.key)' is empty and would match no file; name a pattern, '**' for all of them")
    }
    var globs: [Glob] = []
    for setting in settings {
      let text = try text(setting, "a pattern or a list of patterns")
      do { globs.append(try Glob(parsing: text, over: .trees)) } catch { throw self.error(at: setting, error.description) }
    }
    return globs
  }

  func expected(_ what: String, at setting: Setting) -> ConfigurationError {
    error(at: setting, Self.expected(what, in: setting.key, found: setting.node))
  }

  private static func expected(_ what: String, in key: String?, found node: Node) -> String {
    "expected \(what)" + (key.map { " for '\($0)'" } ?? "") + ", found \(describe(node))"
  }

  private static func unknown(_ name: String, in parent: String?, known: [String]) -> String {
    let place = parent.map { " in '\($0)'" } ?? ""
    if name == "<<" { return "merge keys are not read here\(place); write the keys out" }
    if let near = NearestWord.nearest(to: name, in: known) { return "unknown key '\(name)'\(place); did you mean '\(near)'?" }
    return "unknown key '\(name)'\(place); known are \(list(known))"
  }

  private static func list(_ words: [String]) -> String {
    let quoted = words.map { "'\($0)'" }
    return quoted.count < 2 ? quoted.joined() : quoted.dropLast().joined(separator: ", ") + " and " + quoted[quoted.count - 1]
  }

  private static func describe(_ node: Node) -> String {
    switch node.content {
    case .mapping: return "a mapping"
    case .sequence: return "a list"
    case .alias(let name, _):
      return "the alias '*\(name)'; aliases are not read here: write the value out, or, if it is a pattern, put it in quotes"
    case .scalar(let scalar):
      if !isPlainlyTagged(scalar), let tag = scalar.tag { return "a value with the tag '\(tag)'" }
      if scalar.isString { return "'\(scalar.value)'" }
      return scalar.value.isEmpty ? "nothing" : "'\(scalar.value)', which YAML does not read as text unless it is quoted"
    }
  }

  /// Whether no tag of an application's own asks for another meaning of the value.
  private static func isPlainlyTagged(_ scalar: Scalar) -> Bool {
    scalar.tag.map { $0 == "!" || $0.hasPrefix("tag:yaml.org,2002:") } ?? true
  }
}
