import Documents

/// The template of a workflow that a step or task calls, in the same object or in another one.
struct ArgoCall: CalleeNaming {
  func callees(at match: Match, in document: WalkedDocument) -> [Callee] {
    guard let call = match.mappings.dropLast(2).last else { return [] }
    if let workflow = call["workflowTemplateRef"] { return workflow.workflowTemplate.map { [.named($0)] } ?? [] }
    let reference = call["templateRef"]
    guard let template = (reference ?? call)["template"]?.scalar?.value, Literal.placeholder(in: template) == nil else { return [] }
    if let reference { return reference.workflowTemplate.map { [.named("\($0)/\(template)")] } ?? [] }
    return [.here(match.objects.last?.range.lowerBound ?? 0, template)]
  }
}

/// What a template is called by, and the workflow template whose own parameter it is.
struct ArgoDefinition: CalleeNaming {
  func callees(at match: Match, in document: WalkedDocument) -> [Callee] {
    guard let object = match.objects.last else { return [] }
    let kind = object["kind"]?.scalar?.value ?? ""
    let owner = object["metadata"]?["name"]?.scalar.flatMap { kind.hasSuffix("WorkflowTemplate") ? "\(kind) \($0.value)" : nil }
    guard match.keys.contains("templates") else { return owner.map { [.named($0)] } ?? [] }
    guard let template = match.mappings.dropLast(2).last?["name"]?.scalar?.value else { return [] }
    return [.here(object.range.lowerBound, template)] + (owner.map { [.named("\($0)/\(template)")] } ?? [])
  }
}

extension Node {
  /// The one that a reference names: `ClusterWorkflowTemplate build`.
  fileprivate var workflowTemplate: String? {
    guard let name = self["name"]?.scalar?.value, Literal.placeholder(in: name) == nil else { return nil }
    return (self["clusterScope"]?.scalar?.value == "true" ? "ClusterWorkflowTemplate " : "WorkflowTemplate ") + name
  }
}
