import Dialects
import Documents
import SourceText

extension Configuration {
  /// Reads one configuration file. An empty one is the default; the first error ends it.
  ///
  /// - Parameter file: its path as the user would name it, for messages; relative paths in a trusted one count from its directory.
  package init(parsing source: SourceText, file: String, trust: Trust) throws(ConfigurationError) {
    self = try LayeredConfiguration([LayeredConfiguration.Layer(source, file: file, trust: trust)]).configuration
  }
}

extension SettingReader {
  func includedFiles(_ setting: Setting) throws(ConfigurationError) -> [Glob] { try files(setting) }
  func excludedFiles(_ setting: Setting) throws(ConfigurationError) -> [Glob] { try files(setting, canBeNone: true) }

  private enum StyleKey: String, CaseIterable { case files, style }

  func styles(_ setting: Setting) throws(ConfigurationError) -> [StyleRule] {
    guard case .sequence = setting.node.content else { return [StyleRule(form: try style(setting))] }
    var rules: [StyleRule] = []
    for element in try elements(setting, "a list") {
      var files: [Glob]?
      var form: PinForm?
      for (key, value) in try members(of: element.node, in: element.key, as: StyleKey.self) {
        switch key {
        case .files: files = try self.files(value)
        case .style: form = try self.style(value)
        }
      }
      rules.append(StyleRule(files: try required(files, "files", in: element), form: try required(form, "style", in: element)))
    }
    return rules
  }

  private func style(_ setting: Setting) throws(ConfigurationError) -> PinForm {
    let words = "'tag-and-digest' or 'digest'"
    guard let form = PinForm(style: try text(setting, words)) else { throw expected(words, at: setting) }
    return form
  }

  private enum IgnoreKey: String, CaseIterable { case image, action, files, reason, until }

  func ignoreRules(_ setting: Setting) throws(ConfigurationError) -> [IgnoreRule] {
    var rules: [IgnoreRule] = []
    for element in try elements(setting, "a list of mappings with 'image', 'action' or 'files'") {
      var rule = IgnoreRule(.everything)
      for (key, value) in try members(of: element.node, in: element.key, as: IgnoreKey.self) {
        switch key {
        case .image, .action: rule.subject = try subject(value, besides: rule.subject, in: element)
        case .files: rule.files = try files(value)
        case .reason: rule.reason = try text(value, "a sentence")
        case .until: rule.until = try day(value)
        }
      }
      if rule.subject == .everything, rule.files.isEmpty {
        throw error(at: element, "the rule would ignore everything: 'image', 'action' or 'files' is missing")
      }
      rules.append(rule)
    }
    return rules
  }

  private enum BuiltHereKey: String, CaseIterable { case image, pin }

  func builtHereRules(_ setting: Setting) throws(ConfigurationError) -> [BuiltHereRule] {
    var rules: [BuiltHereRule] = []
    for element in try elements(setting, "a list of mappings with 'image'") {
      var image: ReferencePattern?
      var isPinned = false
      for (key, value) in try members(of: element.node, in: element.key, as: BuiltHereKey.self) {
        switch key {
        case .image:
          let text = try text(value, "a pattern")
          do { image = try ReferencePattern(parsingImage: text) } catch { throw self.error(at: value, "\(error)") }
        case .pin: isPinned = try flag(value)
        }
      }
      rules.append(BuiltHereRule(try required(image, "image", in: element), isPinned: isPinned))
    }
    return rules
  }

  func actionServer(_ setting: Setting) throws(ConfigurationError) -> ActionServer {
    let text = try text(setting, "a URL")
    do { return try ActionServer(parsing: text, trust: trust) } catch { throw self.error(at: setting, error.description) }
  }

  /// One, or a list of at least one.
  func actionServers(_ setting: Setting) throws(ConfigurationError) -> [ActionServer] {
    guard case .sequence(let elements) = setting.node.content else { return [try actionServer(setting)] }
    guard !elements.isEmpty else { throw error(at: setting, "the list of '\(setting.key)' is empty; leave the key out for the default") }
    var servers: [ActionServer] = []
    for element in try self.elements(setting, "a list of URLs") {
      let server = try actionServer(element)
      guard !servers.contains(server) else { throw error(at: element, "this server is in the list already") }
      servers.append(server)
    }
    return servers
  }

  func actionComment(_ setting: Setting) throws(ConfigurationError) -> ActionComment { try word(setting, "'tag' or 'exact'") }
  func lockFileUse(_ setting: Setting) throws(ConfigurationError) -> LockFileUse { try word(setting, "'respect' or 'ignore'") }

  func word<Word: RawRepresentable<String>>(_ setting: Setting, _ what: String) throws(ConfigurationError) -> Word {
    guard let word = Word(rawValue: try text(setting, what)) else { throw expected(what, at: setting) }
    return word
  }

  func commitMessage(_ setting: Setting) throws(ConfigurationError) -> MessageTemplate {
    let text = try text(setting, "a message such as 'chore(deps): {subject}'")
    do { return try MessageTemplate(parsing: text) } catch { throw self.error(at: setting, error.description) }
  }

  private enum SitesKey: String, CaseIterable { case files, path }

  func siteRules(_ setting: Setting) throws(ConfigurationError) -> [SiteRule] {
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

  private enum FilesKey: String, CaseIterable { case match, dialect }

  func fileRules(_ setting: Setting) throws(ConfigurationError) -> [FileRule] {
    var rules: [FileRule] = []
    for element in try elements(setting, "a list of mappings with 'match' and 'dialect'") {
      var match: [Glob]?
      var dialect: String?
      for (key, value) in try members(of: element.node, in: element.key, as: FilesKey.self) {
        switch key {
        case .match: match = try files(value)
        case .dialect: dialect = try self.dialect(value)
        }
      }
      rules.append(FileRule(match: try required(match, "match", in: element), dialect: try required(dialect, "dialect", in: element)))
    }
    return rules
  }

  private func dialect(_ setting: Setting) throws(ConfigurationError) -> String {
    let name = try text(setting, "the name of a dialect such as 'compose'")
    if let dialect = Dialects.named(name) { return dialect.name }
    let nearest = NearestWord.nearest(to: name, in: Dialects.all.map(\.name)).map { "did you mean '\($0)'? " } ?? ""
    throw error(at: setting, "there is no dialect '\(name)'; \(nearest)'tagpin dialects' lists them")
  }

  /// What is known to be bad is not for a pull request to say, and not to hide.
  func knownBadFiles(_ setting: Setting) throws(ConfigurationError) -> [ConfiguredFile] {
    guard trust == .user else { throw error(at: setting, "'known-bad' alarms on what it lists; \(Configuration.onlyFromUser)") }
    var files: [ConfiguredFile] = []
    for element in try elements(setting, "a list of files") { files.append(try configuredFile(element)) }
    return files
  }

  /// Patterns over tags: one, or a list.
  func tags(_ setting: Setting) throws(ConfigurationError) -> [Glob] {
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
