extension Place {
  /// What a step or task runs with in turn; <https://argo-workflows.readthedocs.io/en/latest/walk-through/loops/>.
  static let argoItems = [
    Place("**.withItems[]", certainty: .ifUsed(item(keys: 0, .around(0))), if: argoWorkflow),
    Place("**.withItems[].*", certainty: .ifUsed(item(keys: 1, .around(1))), if: argoWorkflow),
    Place(
      "**.withItems[]{,.*}", certainty: .likely, role: .leftAlone(Callee.whyLeftAlone),
      if: .all([
        argoWorkflow, .anyOf([.key(.containsOneOf(["image", "Image", "IMAGE"])), .value(.containsOneOf(["/"]))]), .value(.lacks("{{")),
      ])),
    Place(
      "**.withParam",
      by: EmbeddedText(language: .json([Place("[]{,.*}", certainty: .likely, role: .leftAlone(jsonItems))]), isCertain: false),
      if: .all([argoWorkflow, .value(.lacks("{{"))])),
  ]

  private static let jsonItems = "an item in a text of JSON, which may be an image that a template runs; write the items as 'withItems'"

  private static func item(keys: Int, _ scope: Parameter.Scope) -> Parameter {
    Parameter(name: .keys(keys, of: "item"), scope: scope, role: .choice, .texts(["{{*}}"], parts: ["item"]))
  }
}
