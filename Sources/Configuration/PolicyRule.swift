import Dialects
import References
import Rules

/// Which level references have to have in some places, or what the states of pins weigh there. Within a layer of the configuration the
/// first rule that covers a reference counts, and of the rules about states the first that names the state, too.
package struct PolicyRule: Hashable, Sendable {
  package enum Demand: Hashable, Sendable {
    /// `check` asks for it.
    case level(Level)
    /// What `verify` says of a pin.
    case states(Set<Rule>)
  }

  package var subject = IgnoreRule.Subject.everything
  /// Empty for all.
  package var files: [Glob] = []
  /// Of the objects of Kubernetes; empty for all, and for what is in none.
  package var namespaces: [Glob] = []
  package var demand: Demand
  /// What a reference below that level weighs, or a pin in one of these states.
  package var severity = Severity.error
  package var reason: String?
  /// The last day on which it counts.
  package var until: CalendarDay?

  package init(_ demand: Demand) { self.demand = demand }

  /// The level that it asks for; nil where it is about states.
  package var required: Level? { if case .level(let level) = demand { level } else { nil } }
  fileprivate func names(_ state: Rule) -> Bool { if case .states(let states) = demand { states.contains(state) } else { false } }

  /// - Parameter reference: with the tag that a comment names; nil where there is no reference: only a rule for everything covers that.
  fileprivate func covers(_ reference: Reference?, path: String, namespace: String?) -> Bool {
    guard files.isEmpty || files.contains(where: { $0.matches(path) }) else { return false }
    guard namespaces.isEmpty || namespace.map({ name in namespaces.contains { $0.matches(name) } }) ?? false else { return false }
    return subject.covers(reference)
  }
}

extension IgnoreRule.Subject {
  package func covers(_ reference: Reference?) -> Bool {
    switch (self, reference) {
    case (.everything, _): return true
    case (.image(let pattern), .image(let image)): return pattern.matches(image.allNames, version: image.effectiveTag?.text)
    case (.action(let pattern), .action(let action)):
      return pattern.matches([action.name.lowercased(), action.repository.path.lowercased()], version: action.ref)
    case (.image, _), (.action, _): return false
    }
  }
}

extension Configuration {
  /// Of each layer that asks for a level of that reference, the rule that counts.
  package func policies(for reference: Reference?, path: String, namespace: String?) -> [Configured<PolicyRule>] {
    policies(for: reference, path: path, namespace: namespace) { $0.required != nil }
  }

  /// Of each layer that says what that state of a pin weighs, the rule that counts.
  package func policies(
    on state: Rule, of reference: Reference?, path: String, namespace: String?
  ) -> [Configured<PolicyRule>] {
    policies(for: reference, path: path, namespace: namespace) { $0.names(state) }
  }

  private func policies(
    for reference: Reference?, path: String, namespace: String?, where isWanted: (PolicyRule) -> Bool
  ) -> [Configured<PolicyRule>] {
    policy.compactMap { layer in
      layer.first { isWanted($0.value) && $0.value.covers(reference, path: path, namespace: namespace) }
    }
  }

  /// Whether each layer that lists registries lists the image's.
  package func allowsRegistry(of image: ImageReference) -> Bool {
    allowedRegistries.allSatisfy { layer in layer.contains { $0.matches([image.name.description], version: image.effectiveTag?.text) } }
  }

  /// Takes away the rules whose end has passed, and says which.
  package mutating func removeEnded(today: CalendarDay) -> [EndedRule] {
    var ended: [EndedRule] = []
    policy = policy.map { layer in
      layer.filter { rule in
        guard let until = rule.until, until < today else { return true }
        ended.append(EndedRule(origin: rule.origin, key: "policy", until: until))
        return false
      }
    }
    ignore = ignore.filter { rule in
      guard let until = rule.until, until < today else { return true }
      ended.append(EndedRule(origin: rule.origin, key: "ignore", until: until))
      return false
    }
    return ended
  }
}

/// A rule that counts no longer.
package struct EndedRule: Hashable, Sendable {
  package let origin: SettingOrigin
  let key: String
  let until: CalendarDay

  package var message: String { "the rule of '\(key)' ended on \(until) and counts no longer; take it away or give it a new end" }
}
