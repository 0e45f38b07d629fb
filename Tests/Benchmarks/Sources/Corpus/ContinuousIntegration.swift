/// Workflows and GitLab pipelines.
enum ContinuousIntegration {
  static func workflow(_ random: inout Random, size: Int, images: Bool) -> String {
    var text = "name: \(random.name())\non:\n  push:\n    branches: [main]\n  pull_request:\npermissions: {contents: read}\njobs:\n"
    while text.utf8.count < size {
      text += "  \(random.name())-\(random.number(1...9999)):\n    runs-on: ubuntu-24.04\n    timeout-minutes: \(random.number(5...60))\n"
      if images {
        text +=
          "    container: \(random.image())\n    services:\n      database:\n        image: \(random.image())\n        ports: [\"5432:5432\"]\n"
      }
      text += "    steps:\n      - uses: actions/checkout@v4  # \(random.sentence())\n"
      for _ in 0..<random.number(1...6) {
        text +=
          "      - name: \(random.name()) \(random.name())\n        env:\n          \(random.pick(Words.nouns).uppercased()): ${{ secrets.TOKEN }}\n        run: |\n"
        for _ in 0..<random.number(1...8) { text += "          ./\(random.name()).sh --\(random.name()) \"\(random.sentence())\"\n" }
      }
    }
    return text
  }

  static func pipeline(_ random: inout Random, size: Int, images: Bool) -> String {
    var text = "stages: [build, test, deploy]\n"
    while text.utf8.count < size {
      text += "\n\(random.name())-\(random.number(1...9999)):\n  stage: \(random.pick(["build", "test", "deploy"]))\n"
      if images { text += "  image: \(random.image())\n" }
      text += "  rules:\n    - if: '$CI_COMMIT_BRANCH == \"main\"'\n  script:\n"
      for _ in 0..<random.number(2...9) { text += "    - ./\(random.name()).sh --\(random.name()) \(random.number(1...999))\n" }
    }
    return text
  }
}
