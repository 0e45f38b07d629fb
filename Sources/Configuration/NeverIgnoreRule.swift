import Dialects
import References
import Rules

/// What a repository may not ignore: findings of these rules about what is the subject, in these files.
package struct NeverIgnoreRule: Hashable, Sendable {
  package var subject = IgnoreRule.Subject.everything
  /// Empty for all.
  package var files: [Glob] = []
  /// Empty for all.
  package var rules: Set<Rule> = []
  package var reason: String?

  fileprivate func covers(_ rule: Rule, _ reference: Reference?, path: String) -> Bool {
    guard rules.isEmpty || rules.contains(rule) else { return false }
    return (files.isEmpty || files.contains { $0.matches(path) }) && subject.covers(reference)
  }
}

extension Configuration {
  /// What forbids to ignore a finding; nil where nothing does. Pass the reference with the tag that a comment names.
  package func prohibition(toIgnore rule: Rule, of reference: Reference?, path: String) -> Configured<NeverIgnoreRule>? {
    neverIgnore.first { $0.value.covers(rule, reference, path: path) }
  }

  /// With those rules to ignore alone that are in a layer which decides for a repository.
  package var ignoringAsTrusted: Configuration {
    var configuration = self
    configuration.ignore = ignore.filter(\.isTrusted)
    return configuration
  }
}
