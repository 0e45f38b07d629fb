import Documents
import References
import Rules

/// How old what an update moves to has to be, for what is the subject.
package struct AgeRule: Hashable, Sendable {
  package var subject = IgnoreRule.Subject.everything
  package var age: Age
}

extension Configuration {
  /// How long what a reference names has to be known before an update moves to it; nil where nothing asks for it. `given` is what the
  /// command line says in place of trusted files. The repository's own file can make it longer, never shorter.
  package func minimumAge(of reference: Reference, given: Age? = nil) -> Age? {
    let layers = ages.compactMap { layer in layer.first { $0.subject.covers(reference) } }
    let own = layers.last { !$0.isTrusted }?.age
    let asked = given ?? layers.last { $0.isTrusted }?.age
    guard let longest = [own, asked].compactMap(\.self).max(), longest.seconds > 0 else { return nil }
    return longest
  }
}

extension SettingReader {
  private enum AgeKey: String, CaseIterable { case image, action, age }

  /// One age for everything, or a list of them.
  func ageRules(_ setting: Setting) throws(ConfigurationError) -> [AgeRule] {
    guard case .sequence = setting.node.content else { return [AgeRule(age: try age(setting))] }
    var rules: [AgeRule] = []
    for element in try elements(setting, "a list of mappings with 'age'") {
      var subject = IgnoreRule.Subject.everything
      var age: Age?
      for (key, value) in try members(of: element.node, in: element.key, as: AgeKey.self) {
        switch key {
        case .image, .action: subject = try self.subject(value, besides: subject, in: element)
        case .age: age = try self.age(value)
        }
      }
      rules.append(AgeRule(subject: subject, age: try required(age, "age", in: element)))
    }
    return rules
  }

  private func age(_ setting: Setting) throws(ConfigurationError) -> Age {
    // To YAML a 0 alone is a number.
    guard let age = setting.node.scalar.flatMap({ Age($0.value) }) else { throw expected(Age.form, at: setting) }
    return age
  }
}
