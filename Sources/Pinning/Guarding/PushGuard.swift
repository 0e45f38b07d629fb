import References

/// Asks for all tags of a push: before it whether they exist, and after it whether they are what was pushed.
///
/// It is not a lock: no registry has a conditional push, so a tag can appear between the check and the push.
package struct PushGuard: Sendable {
  private let registry: any TagRegistry
  private let rules: GuardRules

  /// - Parameter registry: gets all questions at once, and itself bounds the requests under way. So a question that waits for another's
  ///   answer (for a token, or whether there is such a repository) does not hold up the others.
  package init(_ rules: GuardRules, registry: any TagRegistry) {
    self.rules = rules
    self.registry = registry
  }

  /// All tags are asked for, whatever is found meanwhile.
  package func check(_ tags: [GuardedTag]) async -> GuardReport {
    let states = await boundedMap(tags, limit: tags.count) { tag in
      let question = TagQuestion(tag.reference, content: tag.content, platforms: rules.platforms, asksOrigin: !tag.mayMove)
      return TagState(await registry.finding(question), tag, rules)
    }
    return GuardReport(zip(tags, states).map { GuardReport.Entry($0, $1) })
  }

  /// The same report with what the tags name after the push. What was pushed may be known only now: `content` tells it of a reference, or
  /// nil where nothing new is known.
  package func confirm(
    _ report: GuardReport, content: @escaping @Sendable (ImageReference) -> PushedContent? = { _ in nil }
  ) async -> GuardReport {
    let entries = await boundedMap(report.entries, limit: report.entries.count) { entry in
      var entry = entry
      entry.tag.content = content(entry.tag.reference) ?? entry.tag.content
      let finding = await registry.finding(TagQuestion(entry.tag.reference, content: entry.tag.content))
      entry.confirmation = GuardReport.Confirmation(finding, entry.tag.content)
      return entry
    }
    var confirmed = report
    confirmed.entries = entries
    confirmed.stage = .confirmed
    return confirmed
  }
}
