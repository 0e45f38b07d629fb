import Documents

/// The task, pipeline or step action that is called with parameters. A resolver, a bundle or another controller gets it from elsewhere, and
/// so do the annotations of Pipelines as Code; <https://pipelinesascode.com/docs/guide/resolver/>.
struct TektonCall: CalleeNaming {
  private static let kinds = [("taskRef", "Task"), ("pipelineRef", "Pipeline"), ("ref", "StepAction")]

  func callees(at match: Match, in document: WalkedDocument) -> [Callee] {
    // That of a matrix is around the mapping of its lists.
    guard let call = match.mappings.dropLast().last(where: { call in Self.kinds.contains { call[$0.0] != nil } }),
      let (reference, kind) = Self.kinds.lazy.compactMap({ key, kind in call[key].map { ($0, kind) } }).first,
      let name = reference["name"]?.scalar?.value, Literal.placeholder(in: name) == nil,
      reference["resolver"] == nil, reference["bundle"] == nil,
      reference["apiVersion"].map({ $0.scalar?.value.hasPrefix("tekton.dev/") ?? false }) ?? true,
      !match.objects.contains(where: Self.isAnnotated)
    else { return [] }
    return [.named("\(reference["kind"]?.scalar?.value ?? kind) \(name)")]
  }

  private static func isAnnotated(_ object: Node) -> Bool {
    object["metadata"]?["annotations"]?.members.contains { member in
      ["task", "pipeline"].contains { member.key.scalar?.value.hasPrefix("pipelinesascode.tekton.dev/\($0)") ?? false }
    } ?? false
  }
}

/// What a task, pipeline or step action is called by.
struct TektonDefinition: CalleeNaming {
  func callees(at match: Match, in document: WalkedDocument) -> [Callee] {
    guard let object = match.objects.last, let kind = object["kind"]?.scalar?.value, let name = object["metadata"]?["name"]?.scalar?.value
    else { return [] }
    return [.named("\(kind) \(name)")]
  }
}
