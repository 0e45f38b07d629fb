/// Files that are not for a cluster: service descriptions, translations, values.
enum Documents {
  static func openAPI(_ random: inout Random, size: Int) -> String {
    var text = "openapi: 3.0.3\ninfo:\n  title: \(random.name()) service\n  version: 1.\(random.number(0...20)).0\n"
    text += "  description: >\n" + (random.sentence(foreign: 20) + "\n" + random.sentence()).indented(4) + "\npaths:\n"
    while text.utf8.count < size {
      text += "  /\(random.name())\(random.number(1...9999))/{id}:\n    \(random.pick(["get", "post", "put", "delete"])):\n"
      text +=
        "      operationId: \(random.key())\n      summary: '\(random.sentence())'\n      tags: [\(random.name()), \(random.name())]\n"
      text +=
        "      parameters:\n        - {name: id, in: path, required: true, schema: {type: string, maxLength: \(random.number(8...64))}}\n"
      text += "      responses:\n        \"200\":\n          description: |\n" + (random.paragraph() + "\n").indented(12)
      text += "          content:\n            application/json:\n              schema:\n"
      text += "                $ref: '#/components/schemas/\(random.key().capitalizedFirst)'\n"
      if random.chance(10) { text += "            image/png:\n              schema: {type: string, format: binary}\n" }
    }
    return text
  }

  static func translations(_ random: inout Random, size: Int) -> String {
    var text = "# \(random.pick(Words.foreign))\n\(random.pick(["de", "fr", "es", "ja", "ru", "pl", "tr"])):\n"
    while text.utf8.count < size {
      text += "  \(random.key())\(random.number(1...9999)):\n"
      for index in 0..<random.number(3...15) {
        let value = (0..<random.number(2...8)).map { _ in random.chance(50) ? random.pick(Words.foreign) : random.pick(Words.nouns) }
        text += "    \(random.key())\(index): \"\(value.joined(separator: " "))\"\n"
      }
    }
    return text
  }

  static func values(_ random: inout Random, size: Int) -> String {
    var text = "# Default values for \(random.name()).\n"
    while text.utf8.count < size {
      text +=
        "\n## @section \(random.sentence())\n## @param \(random.name()) \(random.sentence())\n##\n\(random.key())\(random.number(1...9999)):\n"
      text += "  enabled: \(random.chance(50))\n  replicaCount: \(random.number(1...9))\n  resources:\n    # \(random.sentence())\n"
      text += "    limits: {cpu: \(random.number(100...900))m, memory: \(random.number(1...64))Gi}\n    requests: {}\n"
      text += "  # - name: \(random.name())\n  #   value: \(random.name())\n  nodeSelector: {}\n  tolerations: []\n  extraArgs:\n"
      for _ in 0..<random.number(1...5) { text += "    - --\(random.name())=\(random.number(1...999))\n" }
    }
    return text
  }
}
