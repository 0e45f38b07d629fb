/// Kubernetes manifests in which no image stands.
enum Kubernetes {
  static func configMaps(_ random: inout Random, size: Int) -> String {
    documents(&random, size: size) { random in
      var text = head("ConfigMap", "v1", &random) + "data:\n"
      for _ in 0..<random.number(1...4) {
        switch random.number(0...3) {
        case 0:
          text += "  \(random.name()).properties: |\n"
          for _ in 0..<random.number(5...25) {
            text += "    \(random.name()).\(random.name())=\(random.chance(50) ? random.name() : String(random.number(1...99999)))\n"
          }
        case 1:
          text += "  nginx.conf: |-\n    worker_processes auto;\n    http {\n"
          for _ in 0..<random.number(2...8) {
            text += "      # \(random.sentence())\n      location /\(random.name())/ {\n"
            text += "        proxy_pass http://\(random.name()).svc.cluster.local:\(random.number(1024...9999));\n      }\n"
          }
          text += "    }\n"
        case 2:
          text += "  run.sh: |\n    #!/bin/sh\n    set -eu\n"
          for _ in 0..<random.number(4...16) {
            text += "    if [ -z \"$\(random.pick(Words.nouns).uppercased())\" ]; then echo \"\(random.sentence())\" >&2; fi\n"
          }
        default:
          for _ in 0..<random.number(3...12) {
            text += "  \(random.pick(Words.nouns).uppercased())_\(random.pick(Words.nouns).uppercased()): \"\(random.number(0...5000))\"\n"
          }
        }
      }
      return text
    }
  }

  static func services(_ random: inout Random, size: Int) -> String {
    documents(&random, size: size) { random in
      var text = head(random.chance(80) ? "Service" : "Endpoints", "v1", &random) + "spec:\n  type: ClusterIP\n  ports:\n"
      for _ in 0..<random.number(1...4) {
        text += "    - name: \(random.pick(["http", "grpc", "metrics", "admin"]))\n      port: \(random.number(80...9999))\n"
        text += "      targetPort: \(random.number(80...9999))\n      protocol: TCP\n"
      }
      return text + "  selector: {app: \(random.name()), tier: \"\(random.name())\"}\n"
    }
  }

  static func accessControl(_ random: inout Random, size: Int) -> String {
    documents(&random, size: size) { random in
      var text = head(random.chance(50) ? "Role" : "ClusterRole", "rbac.authorization.k8s.io/v1", &random) + "rules:\n"
      for _ in 0..<random.number(2...8) {
        text += "- apiGroups: [\"\(random.pick(["", "apps", "batch", "networking.k8s.io"]))\"]\n  resources:\n"
        for _ in 0..<random.number(1...5) { text += "  - \(random.pick(Words.nouns))s\n" }
        text += "  verbs:\n  - get\n  - list\n  - watch\n"
      }
      return text
    }
  }

  static func head(_ kind: String, _ version: String, _ random: inout Random) -> String {
    let name = random.name()
    var text = "apiVersion: \(version)\nkind: \(kind)\nmetadata:\n  name: \(name)\n  namespace: \(random.pick(Words.nouns))\n  labels:\n"
    text += "    app.kubernetes.io/name: \(name)\n    app.kubernetes.io/part-of: \(random.name())  # \(random.pick(Words.nouns))\n"
    if random.chance(40) { text += "  annotations:\n    example.com/description: \"\(random.sentence(foreign: 10))\"\n" }
    return text
  }

  static func documents(_ random: inout Random, size: Int, _ document: (inout Random) -> String) -> String {
    var text = "# \(random.sentence(foreign: 10))\n"
    repeat {
      text += "---\n" + document(&random)
    } while text.utf8.count < size
    return text
  }
}
