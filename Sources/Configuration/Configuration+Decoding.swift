import Dialects
import Documents
import SourceText

extension Configuration {
  /// Reads a configuration file. An empty one is the default; the first error ends it.
  ///
  /// - Parameter file: its path as the user would name it, for messages; relative paths in a user's own configuration count from its directory.
  package init(parsing source: SourceText, file: String, trust: Trust) throws(ConfigurationError) {
    let reader = SettingReader(source: source, file: file, trust: trust)
    let documents: [Node]
    do { documents = try YAMLReader.read(source).documents } catch {
      throw reader.error(at: error.byteOffset, error.problem + Self.hint(source, error.byteOffset))
    }
    if documents.count > 1 {
      throw reader.error(at: documents[1].range.lowerBound, "a second document begins here; a configuration is one")
    }
    self.init(trust: trust)
    guard let root = documents.first, !root.isNothing else { return }
    for (key, value) in try reader.members(of: root, as: Key.self) {
      switch key {
      case .include: include = try reader.files(value)
      case .exclude: exclude = try reader.files(value, canBeNone: true)
      case .style: styles = try reader.styles(value)
      case .ignore: ignore = try reader.ignoreRules(value)
      case .registries: registries = try reader.registryRules(value)
      case .actions: actions = try reader.actionSettings(value)
      case .helm: putsDigestInHelmTag = try reader.helm(value)
      case .scripts: pinsScripts = try reader.flag(value)
      case .sites: sites = try reader.siteRules(value)
      case .commit: commitMessage = try reader.commitMessage(value)
      case .guard: pushes = try reader.pushRules(value)
      }
    }
  }

  private enum Key: String, CaseIterable {
    case include, exclude, style, ignore, registries, actions, helm, scripts, sites, commit, `guard`
  }

  /// YAML reads `*` at the beginning of a value as an alias: the likeliest slip in a list of patterns.
  private static func hint(_ source: SourceText, _ byteOffset: Int) -> String {
    let near = max(0, byteOffset - 1)..<min(byteOffset + 1, source.bytes.count)
    let isStar = !near.isEmpty && source.bytes[near].contains(UInt8(ascii: "*"))
    return isStar ? "; a pattern that begins with '*' has to stand in quotes" : ""
  }
}

extension Node {
  fileprivate var isNothing: Bool {
    scalar.map { $0.value.isEmpty && $0.style == .plain && $0.tag == nil } ?? false
  }
}

extension SettingReader {
  private enum StyleKey: String, CaseIterable { case files, style }

  fileprivate func styles(_ setting: Setting) throws(ConfigurationError) -> [StyleRule] {
    guard case .sequence = setting.node.content else { return [StyleRule(style: try style(setting))] }
    var rules: [StyleRule] = []
    for element in try elements(setting, "a list") {
      var files: [Glob]?
      var style: PinStyle?
      for (key, value) in try members(of: element.node, in: element.key, as: StyleKey.self) {
        switch key {
        case .files: files = try self.files(value)
        case .style: style = try self.style(value)
        }
      }
      rules.append(StyleRule(files: try required(files, "files", in: element), style: try required(style, "style", in: element)))
    }
    return rules
  }

  private func style(_ setting: Setting) throws(ConfigurationError) -> PinStyle {
    try word(setting, "'tag-and-digest' or 'digest'")
  }

  private enum IgnoreKey: String, CaseIterable { case image, action, files, reason }

  fileprivate func ignoreRules(_ setting: Setting) throws(ConfigurationError) -> [IgnoreRule] {
    var rules: [IgnoreRule] = []
    for element in try elements(setting, "a list of mappings with 'image', 'action' or 'files'") {
      var rule = IgnoreRule(.everything)
      for (key, value) in try members(of: element.node, in: element.key, as: IgnoreKey.self) {
        switch key {
        case .image, .action:
          guard rule.subject == .everything else { throw error(at: element, "a rule has an 'image' or an 'action', not both; write two") }
          let text = try text(value, "a pattern")
          do {
            rule.subject =
              key == .image ? .image(try ReferencePattern(parsingImage: text)) : .action(try ReferencePattern(parsingAction: text))
          } catch { throw self.error(at: value, "\(error)") }
        case .files: rule.files = try files(value)
        case .reason: rule.reason = try text(value, "a sentence")
        }
      }
      if rule.subject == .everything, rule.files.isEmpty {
        throw error(at: element, "the rule would ignore everything: 'image', 'action' or 'files' is missing")
      }
      rules.append(rule)
    }
    return rules
  }

  private enum ActionsKey: String, CaseIterable {
    case server, gitlab
    case preCommit = "pre-commit"
    case comment, lockfile
  }

  fileprivate func actionSettings(_ setting: Setting) throws(ConfigurationError) -> ActionSettings {
    var settings = ActionSettings()
    for (key, value) in try members(of: setting.node, in: setting.key, as: ActionsKey.self) {
      switch key {
      case .server: settings.github = try actionServer(value)
      case .gitlab: settings.gitlab = try actionServer(value)
      case .preCommit: settings.pinsPreCommit = try flag(value)
      case .comment: settings.comment = try word(value, "'tag' or 'exact'")
      case .lockfile: settings.lockFile = try word(value, "'respect' or 'ignore'")
      }
    }
    return settings
  }

  private func actionServer(_ setting: Setting) throws(ConfigurationError) -> ActionServer {
    let text = try text(setting, "a URL")
    do { return try ActionServer(parsing: text, trust: trust) } catch { throw self.error(at: setting, error.description) }
  }

  private func word<Word: RawRepresentable<String>>(_ setting: Setting, _ what: String) throws(ConfigurationError) -> Word {
    guard let word = Word(rawValue: try text(setting, what)) else { throw expected(what, at: setting) }
    return word
  }

  private enum HelmKey: String, CaseIterable { case tagDigest = "tag-digest" }

  fileprivate func helm(_ setting: Setting) throws(ConfigurationError) -> Bool {
    var tagDigest = false
    for (key, value) in try members(of: setting.node, in: setting.key, as: HelmKey.self) {
      switch key {
      case .tagDigest: tagDigest = try flag(value)
      }
    }
    return tagDigest
  }

  private enum CommitKey: String, CaseIterable { case message }

  fileprivate func commitMessage(_ setting: Setting) throws(ConfigurationError) -> MessageTemplate? {
    var message: MessageTemplate?
    for (key, value) in try members(of: setting.node, in: setting.key, as: CommitKey.self) {
      switch key {
      case .message:
        let text = try text(value, "a message such as 'chore(deps): {subject}'")
        do { message = try MessageTemplate(parsing: text) } catch { throw self.error(at: value, error.description) }
      }
    }
    return message
  }

  private enum SitesKey: String, CaseIterable { case files, path }

  fileprivate func siteRules(_ setting: Setting) throws(ConfigurationError) -> [SiteRule] {
    var rules: [SiteRule] = []
    for element in try elements(setting, "a list of mappings with 'files' and 'path'") {
      var files: [Glob]?
      var path: SitePath?
      for (key, value) in try members(of: element.node, in: element.key, as: SitesKey.self) {
        switch key {
        case .files: files = try self.files(value)
        case .path:
          let text = try text(value, "a path such as 'jobs[].image'")
          do { path = try SitePath(parsing: text) } catch { throw self.error(at: value, error.description) }
        }
      }
      rules.append(SiteRule(files: try required(files, "files", in: element), path: try required(path, "path", in: element)))
    }
    return rules
  }

  private enum GuardKey: String, CaseIterable { case allow, allowNewRepository = "allow-new-repository" }

  fileprivate func pushRules(_ setting: Setting) throws(ConfigurationError) -> PushRules {
    var rules = PushRules()
    for (key, value) in try members(of: setting.node, in: setting.key, as: GuardKey.self) {
      switch key {
      case .allow: rules.allow = try tags(value)
      case .allowNewRepository: rules.allowsNewRepository = try flag(value)
      }
    }
    return rules
  }

  /// Patterns over tags: one, or a list.
  private func tags(_ setting: Setting) throws(ConfigurationError) -> [Glob] {
    let settings = if case .sequence = setting.node.content { try elements(setting, "a list") } else { [setting] }
    var globs: [Glob] = []
    for setting in settings {
      let text = try text(setting, "a pattern for tags or a list of them")
      do { globs.append(try Glob(parsing: text, over: .names)) } catch { throw self.error(at: setting, error.description) }
    }
    return globs
  }

  func required<Value>(_ value: Value?, _ key: String, in setting: Setting) throws(ConfigurationError) -> Value {
    guard let value else { throw error(at: setting, "'\(key)' is missing in '\(setting.key)'") }
    return value
  }
}
