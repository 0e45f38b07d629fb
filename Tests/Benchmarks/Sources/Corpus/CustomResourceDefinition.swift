/// The schemas of custom resources: deep, wordy, and in a few of them a property is called `image`.
enum CustomResourceDefinition {
  static func definition(_ random: inout Random, size: Int) -> String {
    let plural = random.pick(Words.nouns) + "s"
    var text = """
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        annotations:
          controller-gen.kubebuilder.io/version: v0.16.1
        name: \(plural).example.com
      spec:
        group: example.com
        names:
          kind: \(plural.capitalizedFirst)
          plural: \(plural)
        scope: Namespaced
        versions:
        - name: v1
          schema:
            openAPIV3Schema:
              type: object
              properties:

      """
    let hasImage = random.chance(15)
    while text.utf8.count < size {
      if hasImage, random.chance(10) {
        text += "          image:\n            description: \(random.sentence())\n            type: string\n"
      }
      text += property(&random, depth: 0).indented(10)
    }
    return text + "    served: true\n    storage: true\n"
  }

  private static func property(_ random: inout Random, depth: Int) -> String {
    let name = random.key() + String(random.number(1...9999))
    var text = "\(name):\n  description: "
    if random.chance(50) {
      text += "|-\n" + [random.paragraph(), random.paragraph()].joined(separator: "\n").indented(4) + "\n"
    } else {
      text += random.sentence() + "\n"
    }
    switch random.number(0...(depth < 5 ? 4 : 2)) {
    case 0: text += "  type: string\n  enum:\n" + (0..<random.number(2...5)).map { _ in "  - \(random.name())\n" }.joined()
    case 1: text += "  type: integer\n  format: int32\n  minimum: \(random.number(0...9))\n"
    case 2: text += "  type: array\n  items:\n    type: string\n  x-kubernetes-list-type: atomic\n"
    default:
      text += "  type: object\n  properties:\n"
      for _ in 0..<random.number(1...4) { text += property(&random, depth: depth + 1).indented(4) }
    }
    return text
  }
}
