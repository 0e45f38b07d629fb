import Rules

/// The rules for people and for machines: what each means, why it matters, what to do.
package enum RulePages {
  /// One line a rule, by what its instances are to a run.
  package static var list: String {
    let width = Rule.allCases.map(\.id.utf8.count).max() ?? 0
    let blocks = Rule.Kind.shown.map { kind, heading in
      let rules = Rule.allCases.filter { $0.kind == kind }
      return heading + "\n" + rules.map { "  \($0.id)\(String(repeating: " ", count: width - $0.id.utf8.count))  \($0.what)\n" }.joined()
    }
    return blocks.joined(separator: "\n")
      + "\n'tagpin explain RULE' says why one matters and what to do, 'tagpin explain FILE:LINE' what is there.\n"
  }

  package static func page(of rule: Rule) -> String {
    """
    \(rule.id): \(rule.title)

      \(rule.what)
      Why it matters: \(rule.why)
      What to do: \(rule.advice)

    """
  }

  package static func json(of rules: [Rule]) -> String {
    JSONValue.object([("version", .integer(1)), ("rules", .array(rules.map(\.value)))]).document
  }
}

extension Rule {
  var value: JSONValue {
    .object([
      ("id", .string(id)), ("kind", .string(kind.rawValue)), ("title", .string(title)), ("what", .string(what)), ("why", .string(why)),
      ("advice", .string(advice)),
    ])
  }
}

extension Rule.Kind {
  fileprivate static let shown: [(Rule.Kind, String)] = [
    (.state, "How a reference ends:"), (.finding, "What is wrong with a reference:"),
    (.skipped, "Why a reference or a file is left alone:"),
    (.failed, "Why a reference, a file or a run fails:"), (.warning, "What is worth a warning:"),
  ]
}
