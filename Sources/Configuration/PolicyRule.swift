import Dialects
import References
import Rules

/// Which level references have to have, in some places. Within a layer of the configuration the first rule that covers a reference counts.
package struct PolicyRule: Hashable, Sendable {
  package var subject = IgnoreRule.Subject.everything
  /// Empty for all.
  package var files: [Glob] = []
  /// Of the objects of Kubernetes; empty for all, and for what is in none.
  package var namespaces: [Glob] = []
  package var required: Level
  /// What a reference below that level weighs.
  package var severity = Severity.error
  package var reason: String?
  /// The last day on which it counts.
  package var until: CalendarDay?

  package init(requiring required: Level) { self.required = required }

  /// - Parameter reference: with the tag that a comment names; nil where there is no reference: only a rule for everything covers that.
  fileprivate func covers(_ reference: Reference?, path: String, namespace: String?) -> Bool {
    guard files.isEmpty || files.contains(where: { $0.matches(path) }) else { return false }
    guard namespaces.isEmpty || namespace.map({ name in namespaces.contains { $0.matches(name) } }) ?? false else { return false }
    return subject.covers(reference)
  }
}

extension IgnoreRule.Subject {
  func covers(_ reference: Reference?) -> Bool {
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
  /// Of each layer that says anything of that reference, the rule that counts.
  package func policies(for reference: Reference?, path: String, namespace: String?) -> [Configured<PolicyRule>] {
    policy.compactMap { layer in layer.first { $0.value.covers(reference, path: path, namespace: namespace) } }
  }

  /// Whether each layer that lists registries lists the image's.
  package func allowsRegistry(of image: ImageReference) -> Bool {
    allowedRegistries.allSatisfy { layer in layer.contains { $0.matches([image.name.description], version: image.effectiveTag?.text) } }
  }

  /// Takes away the rules whose end has passed; what is to be said of each.
  package mutating func removeEnded(today: CalendarDay) -> [String] {
    var ended: [String] = []
    policy = policy.map { layer in
      layer.filter { rule in
        guard let until = rule.until, until < today else { return true }
        ended.append("\(rule.origin): the rule of 'policy' ended on \(until) and counts no longer; take it away or give it a new end")
        return false
      }
    }
    ignore = ignore.filter { rule in
      guard let until = rule.until, until < today else { return true }
      ended.append("\(rule.origin): the rule of 'ignore' ended on \(until) and counts no longer; take it away or give it a new end")
      return false
    }
    return ended
  }
}
