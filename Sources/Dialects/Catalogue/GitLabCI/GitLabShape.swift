import Documents

/// What a GitLab CI file looks like, whatever it is called: global keywords, and jobs that hold nothing but keywords of jobs, one of them
/// with a script; and stages, which other formats write in other ways; <https://docs.gitlab.com/ci/yaml/>.
enum GitLabShape {
  static func holds(_ root: Node) -> Bool {
    var hasScript = false
    var hasStage = root["stages"].map(isListOfTexts) ?? false
    for member in root.members {
      guard let name = member.key.scalar?.value else { return false }
      // Hidden ones may be anything.
      if globalKeywords.contains(name) || name.hasPrefix(".") || name == "<<" { continue }
      guard case .mapping(let job) = member.value.content else { return false }
      guard job.allSatisfy({ $0.key.scalar.map { jobKeywords.contains($0.value) || $0.value == "<<" } ?? false }) else { return false }
      hasScript = hasScript || member.value["script"] != nil
      hasStage = hasStage || member.value["stage"]?.scalar != nil
    }
    return hasScript && hasStage && (root["stages"].map(isListOfTexts) ?? true)
  }

  private static func isListOfTexts(_ node: Node) -> Bool { !node.elements.isEmpty && node.elements.allSatisfy { $0.scalar != nil } }

  private static let globalKeywords: Set<String> = [
    "after_script", "before_script", "cache", "default", "image", "include", "services", "spec", "stages", "variables", "workflow",
  ]

  private static let jobKeywords: Set<String> = [
    "after_script", "allow_failure", "artifacts", "before_script", "cache", "coverage", "dast_configuration", "dependencies", "environment",
    "except", "extends", "hooks", "id_tokens", "identity", "image", "inherit", "inputs", "interruptible", "manual_confirmation", "needs",
    "only", "pages", "parallel", "publish", "release", "resource_group", "retry", "rules", "run", "script", "secrets", "services", "stage",
    "start_in", "tags", "timeout", "trigger", "variables", "when",
  ]
}
