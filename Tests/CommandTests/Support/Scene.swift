import Foundation
import ServersForTests

/// What the examples of README and manual run in: a repository, a registry and a git server of this machine that look like those that a
/// reader knows.
struct Scene: Sendable {
  let name: String
  /// Makes the repository and gives tagpin's configuration of the user.
  let make: @Sendable (Stage) async throws -> Void

  /// The same commits in each run.
  static let dates = ["GIT_AUTHOR_DATE": "2026-11-02T10:00:00Z", "GIT_COMMITTER_DATE": "2026-11-02T10:00:00Z"]

  /// Where a scene is made.
  struct Stage: Sendable {
    var sandbox: Sandbox
    var registry: DockerRegistry

    /// Images of Docker Hub come from the registry of this machine, actions from a directory.
    func configure(_ more: String = "") throws {
      let text = """
        registries: [{ prefix: docker.io, mirrors: ["http://\(registry.host)/hub"] }]
        actions: { server: "file://\(sandbox.root)/git-host" }
        \(more)
        """
      try sandbox.write(text, to: "\(sandbox.home)/.config/tagpin/config.yaml")
    }

    func push(_ images: String...) async throws {
      for image in images {
        let parts = image.split(separator: ":").map(String.init)
        try await registry.push(.index(image), to: "hub/\(parts[0])", tag: parts[1])
      }
    }

    func commit() async throws {
      try await sandbox.git("add", "-A")
      try await sandbox.program("git", environment: Scene.dates).checked(["commit", "-q", "-m", "start"])
    }

    var gitHost: GitHost { GitHost(sandbox: sandbox, environment: Scene.dates) }
  }

  static let all: [Scene] = [
    Scene(name: "shop") { stage in try await shop(stage) },
    Scene(name: "shop-pinned") { stage in
      try await shop(stage)
      _ = try await stage.sandbox.tagpin("pin")
      try await stage.commit()
    },
    Scene(name: "shop-old") { stage in
      try await shop(stage)
      try await stage.registry.push(.index("postgres before"), to: "hub/library/postgres", tag: "16.4")
      _ = try await stage.sandbox.tagpin("pin")
      try await stage.push("library/postgres:16.4")
      try await stage.commit()
    },
    Scene(name: "half-pinned") { stage in
      try await shop(stage)
      _ = try await stage.sandbox.tagpin("pin", "compose.yaml", "shop")
      try await stage.commit()
    },
    Scene(name: "policy") { stage in
      let images = ["nginx:latest", "nginx", "nginx:1.25.3"]
      let pods = images.map { "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers:\n    - image: \($0)\n" }
      try stage.sandbox.write(pods.joined(separator: "---\n"), to: "k8s/pod.yaml")
      try stage.sandbox.write("policy:\n  - { files: \"**\", require: version, severity: warning }\n", to: ".tagpin.yaml")
      try await stage.commit()
    },
    Scene(name: "reports") { stage in
      let sandbox = stage.sandbox
      let pinned = "FROM alpine:3.20@sha256:\(String(repeating: "a", count: 64))\n"
      let repositories = [
        "acme/shop": ["Dockerfile": pinned, "compose.yaml": "services:\n  web: {image: nginx}\n  db: {image: 'postgres:16.4'}\n"],
        "acme/docs": ["Dockerfile": pinned], "acme/api": ["Dockerfile": "FROM golang:1.22.1\n"],
      ]
      for (name, files) in repositories {
        let directory = "\(sandbox.root)/\(name)"
        for (file, text) in files { try sandbox.write(text, to: "\(directory)/\(file)") }
        try await sandbox.git("init", "-q", in: directory)
        try await sandbox.git("remote", "add", "origin", "https://git.example/\(name).git", in: directory)
        try await sandbox.git("add", "-A", in: directory)
        let file = "\(sandbox.repository)/reports/\(name.split(separator: "/").last ?? "").json"
        try sandbox.write("", to: file)
        _ = try await sandbox.tagpin("check", "--report", "json=\(file)", in: directory)
      }
    },
    Scene(name: "moved") { stage in
      try stage.configure()
      // A version that somebody overwrote: another source, another program that starts.
      let published = { (source: String, entrypoint: String) in
        "\"config\":{\"Entrypoint\":[\"\(entrypoint)\"],\"Labels\":{\"org.opencontainers.image.source\":\"https://github.com/\(source)\"}},"
      }
      try await stage.push("library/postgres:16.4", "library/redis:7.4")
      try await stage.registry.push(.single("scan", labels: published("acme/scan", "/scan")), to: "hub/acme/scan", tag: "2.1.20")
      try stage.sandbox.write(
        "services:\n  db: {image: 'postgres:16.4'}\n  cache: {image: 'redis:7.4'}\n  scan: {image: 'acme/scan:2.1.20'}\n",
        to: "compose.yaml")
      try await stage.commit()
      _ = try await stage.sandbox.tagpin("pin")
      try await stage.registry.push(.index("redis after"), to: "hub/library/redis", tag: "7.4")
      try await stage.registry.push(.single("other", labels: published("evil/scan", "/evil")), to: "hub/acme/scan", tag: "2.1.20")
    },
    Scene(name: "past") { stage in
      try stage.configure()
      try stage.sandbox.write("services:\n  web:\n    image: nginx:1.27\n", to: "compose.yaml")
      try await stage.commit()
      try await stage.push("library/nginx:1.27")
      _ = try await stage.sandbox.tagpin("pin")
      try await stage.commit()
      try await stage.registry.push(.index("nginx after"), to: "hub/library/nginx", tag: "1.27")
      _ = try await stage.sandbox.tagpin("update")
      try await stage.commit()
    },
    Scene(name: "broken") { stage in
      try stage.configure()
      try await stage.push("library/nginx:1.27")
      try stage.sandbox.write("services:\n  web:\n    image: nginx:1.27\n  app:\n    image: nginx:1.99\n", to: "compose.yaml")
      try await stage.commit()
    },
    Scene(name: "web") { stage in
      try stage.configure()
      try await stage.push("library/nginx:1.27")
      try stage.sandbox.write("services:\n  web:\n    image: nginx:1.27\n", to: "compose.yaml")
      try await stage.commit()
    },
    Scene(name: "kinds") { stage in
      try stage.sandbox.write("FROM debian:12\n", to: ".devcontainer/dev.df")
      try stage.sandbox.write(
        "{\n  \"build\": {\"dockerfile\": \"dev.df\"},\n  \"features\": {\"ghcr.io/devcontainers/features/node:1\": {}}\n}\n",
        to: ".devcontainer/devcontainer.json")
      try stage.sandbox.write("services:\n  db:\n    image: postgres:17\n", to: "compose.yaml")
      try stage.sandbox.write("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: nginx:1.27\n", to: "deploy/web.yaml")
      try await stage.commit()
    },
    Scene(name: "actions") { stage in
      try stage.configure()
      let host = stage.gitHost
      _ = try await host.make("actions/checkout", tags: ["v3", "v4.2.2", "v4"])
      _ = try await host.make("acme/lint", tags: ["v1"], branches: ["stable"])
      _ = try await host.make("acme/workflows", tags: ["v1", "v2"], branches: ["v2"])
      try stage.sandbox.write(
        """
        on: push
        jobs:
          test:
            runs-on: ubuntu-24.04
            steps:
              - uses: actions/checkout@v4
              - uses: "acme/lint@stable"   # keep
              - uses: ./tools/setup
          release:
            uses: acme/workflows/.github/workflows/release.yml@v2

        """, to: ".github/workflows/ci.yml")
      try await stage.commit()
    },
    Scene(name: "one-action") { stage in
      try stage.configure()
      _ = try await stage.gitHost.make("actions/checkout", tags: ["v4.2.2", "v4"])
      try stage.sandbox.write(
        "on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n",
        to: ".github/workflows/ci.yml")
      try await stage.commit()
    },
    Scene(name: "push") { stage in
      let labels = """
        "created":"2026-11-20T09:14:03Z","config":{"Labels":{"org.opencontainers.image.revision":"8f1c2d7",\
        "org.opencontainers.image.source":"https://git.example/acme/app"}},
        """
      try await stage.registry.push(.single("app 1.4.0", labels: labels), to: "acme/app", tag: "1.4.0")
      try await stage.registry.push(.single("app 1.4.0", labels: labels), to: "acme/app", tag: "latest")
      try await stage.registry.push(.single("app 1.4.1"), to: "acme/app", tag: "build-77")
    },
    Scene(name: "empty") { _ in },
  ]

  private static func shop(_ stage: Stage) async throws {
    try stage.configure()
    try await stage.push(
      "library/nginx:1.27", "library/busybox:1.37", "library/postgres:16.4", "library/python:3.13-slim", "axllent/mailpit:v1.21")
    try await Example(name: "kubernetes").copy(into: stage.sandbox)
  }
}
