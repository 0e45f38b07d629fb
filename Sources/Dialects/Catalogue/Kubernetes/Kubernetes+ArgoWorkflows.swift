extension Place {
  static let argoWorkflow = Condition.object(
    group: "argoproj.io", kinds: ["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"])

  /// Containers of Argo's workflows, sensors and event sources, and the parameters that they are given;
  /// <https://argo-workflows.readthedocs.io/en/latest/variables/>.
  static let argoWorkflows = [
    Place("**.templates[].{container,script,sidecars[]}.image", if: .kubernetesObject),
    Place("**.templateDefaults.{container,script}.image", if: .kubernetesObject),
    Place("spec.template.container.image", if: .kubernetesObject),
    Place(
      "**.templates[].resource.manifest",
      yaml: [
        Place("**.{containers,initContainers}[].image", if: .kubernetesObject),
        Place("**.templates[].{container,script,sidecars[]}.image", if: .kubernetesObject),
      ],
      if: .kubernetesObject),
    Place(
      "**.spec.arguments.parameters[].value", certainty: .ifUsed(Parameter(name: .sibling("name"), ofWorkflow)),
      if: .all([argoWorkflow, .not(ofWorkflowTemplate)])),
    Place(
      "**.templates[].inputs.parameters[].{default,value}",
      certainty: .ifUsed(Parameter(name: .sibling("name"), scope: .around(2), ofTemplate)), if: argoWorkflow),
    // What templates are called with, in the same object and in others.
    Place("**.templates[].inputs.parameters[].name", by: declared(ofTemplate, in: .around(2)), if: argoWorkflow),
    Place("**.spec.arguments.parameters[].name", by: declared(ofWorkflow, in: .document), if: argoWorkflow),
    Place("**.arguments.parameters[].value", by: given(ofTemplate), if: .all([argoWorkflow, .not(ofWorkflowTemplate), isCall])),
    Place("**.spec.arguments.parameters[].value", by: given(ofWorkflow), if: .all([argoWorkflow, ofWorkflowTemplate])),
    Place(
      "**.arguments.parameters[].value", certainty: .likely, role: .leftAlone(Callee.whyLeftAlone),
      if: .all([argoWorkflow, .anyOf([.around(2, "templateRef.name"), ofWorkflowTemplate]), mayNameImage, .value(.lacks("{{"))])),
  ]

  private static let ofWorkflow = ParameterNotation.texts(["{{workflow.parameters.*}}"], parts: ["workflow.parameters.*"])
  private static let ofTemplate = ParameterNotation.texts(["{{inputs.parameters.*}}"], parts: ["inputs.parameters.*"])
  private static let ofWorkflowTemplate = Condition.around(2, "workflowTemplateRef.name")
  private static let isCall = Condition.anyOf([.around(2, "template"), .around(2, "templateRef")])
  private static let mayNameImage = Condition.anyOf([
    .sibling("name", .containsOneOf(["image", "Image", "IMAGE"])), .value(.containsOneOf(["/"])),
  ])

  private static func declared(_ notation: ParameterNotation, in scope: Parameter.Scope) -> Declared<ArgoDefinition> {
    Declared(.sibling("name"), of: ArgoDefinition(), scope: scope, limits: ["enum"], notation)
  }

  private static func given(_ notation: ParameterNotation) -> GivenAway<ArgoCall> {
    GivenAway(.sibling("name"), to: ArgoCall(), notation)
  }
}
