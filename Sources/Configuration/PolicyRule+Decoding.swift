import Dialects
import Documents
import References
import Rules

extension SettingReader {
  private enum PolicyKey: String, CaseIterable { case files, namespace, image, action, require, state, severity, reason, until }

  func policyRules(_ setting: Setting) throws(ConfigurationError) -> [PolicyRule] {
    var rules: [PolicyRule] = []
    for element in try elements(setting, "a list of mappings with 'require' or 'state'") {
      var rule = PolicyRule(.level(.digest))
      var required: Level?
      var states: Set<Rule>?
      var severity: Severity?
      for (key, value) in try members(of: element.node, in: element.key, as: PolicyKey.self) {
        switch key {
        case .files: rule.files = try files(value)
        case .namespace: rule.namespaces = try tags(value)
        case .image, .action: rule.subject = try subject(value, besides: rule.subject, in: element)
        case .require: required = try word(value, "'digest', 'version', 'floating' or 'latest'")
        case .state: states = try self.states(value)
        case .severity: severity = try word(value, "'error', 'warning' or 'note'")
        case .reason: rule.reason = try text(value, "a sentence")
        case .until: rule.until = try day(value)
        }
      }
      if let states {
        guard required == nil else { throw error(at: element, "a rule has a 'require' or a 'state', not both; write two") }
        rule.demand = .states(states)
        rule.severity = try self.required(severity, "severity", in: element)
      } else {
        rule.demand = .level(try self.required(required, "require", in: element))
        rule.severity = severity ?? rule.severity
      }
      rules.append(rule)
    }
    return rules
  }

  /// States of pins, by their ids: one, or a list.
  private func states(_ setting: Setting) throws(ConfigurationError) -> Set<Rule> {
    let settings = if case .sequence = setting.node.content { try elements(setting, "a list") } else { [setting] }
    var states: Set<Rule> = []
    for setting in settings {
      if let state = Rule(id: try text(setting, "the id of a state such as 'drift'")), let reason = state.reasonForFixedWeight {
        throw error(at: setting, "no policy changes what '\(state.id)' weighs: \(reason)")
      }
      states.insert(try rule(setting, "a state of a pin that 'tagpin verify' names", such: "drift") { Rule.verdicts.contains($0) })
    }
    return states
  }

  func day(_ setting: Setting) throws(ConfigurationError) -> CalendarDay {
    guard let day = CalendarDay(try text(setting, "a day such as 2027-03-01")) else {
      throw expected("a day such as 2027-03-01", at: setting)
    }
    return day
  }

  /// Patterns for names of images: one, or a list.
  func imagePatterns(_ setting: Setting) throws(ConfigurationError) -> [ReferencePattern] {
    let settings = if case .sequence = setting.node.content { try elements(setting, "a list") } else { [setting] }
    var patterns: [ReferencePattern] = []
    for setting in settings {
      let text = try text(setting, "a pattern such as 'ghcr.io/acme/**' or a list of them")
      do { patterns.append(try ReferencePattern(parsingImage: text)) } catch { throw self.error(at: setting, "\(error)") }
    }
    return patterns
  }

  /// Rules of what is left alone, by their ids.
  func skippedRules(_ setting: Setting) throws(ConfigurationError) -> [Rule] {
    var rules: [Rule] = []
    for element in try elements(setting, "a list of reasons to leave something alone, such as 'tag-in-script'") {
      rules.append(try rule(element, "a reason to leave something alone", such: "tag-in-script") { $0.kind == .skipped })
    }
    return rules
  }

  private enum NeverIgnoreKey: String, CaseIterable { case image, action, files, rule, reason }

  func neverIgnoreRules(_ setting: Setting) throws(ConfigurationError) -> [NeverIgnoreRule] {
    var rules: [NeverIgnoreRule] = []
    for element in try elements(setting, "a list of mappings with 'image', 'action', 'files' or 'rule'") {
      var rule = NeverIgnoreRule()
      for (key, value) in try members(of: element.node, in: element.key, as: NeverIgnoreKey.self) {
        switch key {
        case .image, .action: rule.subject = try subject(value, besides: rule.subject, in: element)
        case .files: rule.files = try files(value)
        case .rule:
          let settings = if case .sequence = value.node.content { try elements(value, "a list") } else { [value] }
          for setting in settings {
            rule.rules.insert(
              try self.rule(setting, "a finding of a reference", such: "latest-tag") { $0.kind == .finding || $0 == .unpinned })
          }
        case .reason: rule.reason = try text(value, "a sentence")
        }
      }
      rules.append(rule)
    }
    return rules
  }

  /// The pattern under `image` or `action`, of which an entry has one.
  func subject(_ value: Setting, besides other: IgnoreRule.Subject, in element: Setting) throws(ConfigurationError) -> IgnoreRule.Subject {
    guard other == .everything else { throw error(at: element, "a rule has an 'image' or an 'action', not both; write two") }
    let text = try text(value, "a pattern")
    do {
      return value.key == "image" ? .image(try ReferencePattern(parsingImage: text)) : .action(try ReferencePattern(parsingAction: text))
    } catch { throw self.error(at: value, error.description) }
  }

  private func rule(
    _ setting: Setting, _ what: String, such example: String, where isWanted: (Rule) -> Bool
  ) throws(ConfigurationError) -> Rule {
    let known = Rule.allCases.filter(isWanted)
    let id = try text(setting, "the id of a rule such as '\(example)'")
    guard let rule = known.first(where: { $0.id == id }) else {
      let question = NearestWord.question(about: id, in: known.map(\.id))
      throw error(at: setting, "'\(id)' is not \(what)\(question.isEmpty ? "; 'tagpin explain' lists them" : question)")
    }
    return rule
  }
}
