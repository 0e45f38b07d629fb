/// Files in which images stand.
enum Workloads {
  static func deployments(_ random: inout Random, size: Int) -> String {
    Kubernetes.documents(&random, size: size) { random in
      var text = Kubernetes.head(random.pick(["Deployment", "StatefulSet", "DaemonSet"]), "apps/v1", &random)
      text += "spec:\n  replicas: \(random.number(1...5))\n  template:\n    spec:\n      containers:\n"
      for _ in 0..<random.number(1...3) {
        text +=
          "        - name: \(random.name())\n          image: \(random.chance(30) ? "\"\(random.image())\"" : random.image())\n          env:\n"
        for _ in 0..<random.number(2...10) {
          text += "            - name: \(random.pick(Words.nouns).uppercased())\n              value: \"\(random.name())\"\n"
        }
        text += "          resources:\n            limits: {cpu: 500m, memory: 256Mi}  # \(random.sentence())\n"
      }
      if random.chance(30) { text += "      volumes:\n        - name: data\n          configMap:\n            name: \(random.name())\n" }
      return text
    }
  }

  static func compose(_ random: inout Random, size: Int) -> String {
    var text = "# \(random.sentence(foreign: 10))\nname: \(random.name())\nservices:\n"
    while text.utf8.count < size {
      text +=
        "  \(random.name())-\(random.number(1...9999)):\n    image: \(random.image())\n    restart: unless-stopped\n    environment:\n"
      for _ in 0..<random.number(2...10) {
        text += "      \(random.pick(Words.nouns).uppercased())_\(random.number(1...9999)): \(random.name())\n"
      }
      text +=
        "    ports:\n      - \"\(random.number(1024...9999)):80\"\n    healthcheck:\n      test: [\"CMD\", \"curl\", \"-f\", \"http://localhost/\(random.name())\"]\n"
    }
    return text
  }

  static func values(_ random: inout Random, size: Int) -> String {
    var text =
      "image:\n  repository: ghcr.io/example/\(random.name())\n  tag: \"1.\(random.number(0...30)).0\"\n  pullPolicy: IfNotPresent\n"
    text += Documents.values(&random, size: size)
    return text
  }
}

extension Random {
  mutating func image() -> String {
    let registry = pick(["", "", "ghcr.io/example/", "quay.io/example/", "registry.example.com:5000/team/", "gcr.io/example/"])
    let version = "\(number(0...20)).\(number(0...30))" + (chance(50) ? ".\(number(0...20))" : "")
    return registry + name() + ":" + version + (chance(20) ? "@sha256:" + hexadecimal(64) : "")
  }
}
