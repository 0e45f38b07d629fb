import Configuration
import References
import SourceText
import Testing

@Suite struct IgnoreRuleTests {
  private func read(_ rules: String) throws -> Configuration {
    try Configuration(parsing: SourceText("ignore: [\(rules)]"), file: ".tagpin.yaml", trust: .repository)
  }

  struct Case: CustomTestStringConvertible {
    var pattern: String
    var matching: [String]
    var others: [String]

    init(_ pattern: String, matches matching: [String], not others: [String]) {
      self.pattern = pattern
      self.matching = matching
      self.others = others
    }

    var testDescription: String { pattern }
  }

  static let digest = "@sha256:" + String(repeating: "a", count: 64)

  @Test(arguments: [
    Case(
      "nginx", matches: ["nginx", "nginx:1.25", "docker.io/library/nginx", "index.docker.io/nginx:a", "nginx" + digest],
      not: ["acme/nginx", "ghcr.io/acme/nginx", "ghcr.io/nginx", "nginx-exporter"]),
    Case("library/nginx", matches: ["nginx", "library/nginx"], not: ["acme/nginx"]),
    Case("docker.io/library/*", matches: ["nginx", "busybox:1"], not: ["acme/nginx", "ghcr.io/library/nginx"]),
    Case("index.docker.io/nginx", matches: ["index.docker.io/nginx"], not: ["nginx"]),
    Case("docker.io/**", matches: ["nginx", "acme/a"], not: ["ghcr.io/acme/a"]),
    Case("ghcr.io/acme/**", matches: ["ghcr.io/acme/a:1", "ghcr.io/acme/a/b"], not: ["ghcr.io/acmex/a", "acme/a"]),
    Case("acme/*", matches: ["acme/a:1", "docker.io/acme/a"], not: ["ghcr.io/acme/a", "acme/a/b"]),
    Case("**/nginx", matches: ["nginx", "acme/nginx", "ghcr.io/acme/nginx"], not: ["nginx/a"]),
    Case("{nginx,busybox}", matches: ["nginx", "busybox"], not: ["redis"]),
    Case("localhost:5000/**", matches: ["localhost:5000/a", "localhost:5000/a:1"], not: ["localhost:5001/a", "localhost/a"]),
    Case("nginx:latest", matches: ["nginx", "nginx:latest", "nginx:latest" + digest], not: ["nginx:1.25", "nginx" + digest]),
    Case("nginx:1.*", matches: ["nginx:1.25", "nginx:1.25" + digest], not: ["nginx:2.0", "nginx"]),
    Case("**:edge", matches: ["nginx:edge", "ghcr.io/acme/a:edge"], not: ["nginx:edge2", "nginx"]),
    Case("localhost:5000/a:1", matches: ["localhost:5000/a:1"], not: ["localhost:5000/a:2", "localhost:5000/a"]),
  ])
  func `an image is named in any of its spellings, and by its tag where the pattern has one`(example: Case) throws {
    let configuration = try read("{image: '\(example.pattern)'}")
    for text in example.matching {
      #expect(configuration.ignoreRule(for: try ImageReference(parsing: text), path: "a.yaml") != nil, "\(text)")
    }
    for text in example.others {
      #expect(configuration.ignoreRule(for: try ImageReference(parsing: text), path: "a.yaml") == nil, "\(text)")
    }
  }

  @Test(arguments: [
    Case("acme/*", matches: ["acme/a@v1", "Acme/A@v1", "acme/a/sub/dir@v1", "acme/a"], not: ["other/a@v1", "x/acme/a@v1"]),
    Case("Acme/a", matches: ["acme/a@v1", "acme/a/sub@v1"], not: ["acme/b@v1"]),
    Case("acme/a/sub", matches: ["acme/a/sub@v1"], not: ["acme/a@v1", "acme/a/other@v1"]),
    Case("acme/*@main", matches: ["acme/a@main", "acme/a/sub@main"], not: ["acme/a@v1", "acme/a@Main", "acme/a"]),
    Case("**@release/*", matches: ["acme/a@release/v1"], not: ["acme/a@v1", "acme/a@release/v1/b"]),
  ])
  func `an action is named by its owner and repository, and by its ref where the pattern has one`(example: Case) throws {
    let configuration = try read("{action: '\(example.pattern)'}")
    for text in example.matching { #expect(configuration.ignoreRule(forAction: text, path: "a.yaml") != nil, "\(text)") }
    for text in example.others { #expect(configuration.ignoreRule(forAction: text, path: "a.yaml") == nil, "\(text)") }
  }

  @Test func `a rule with files applies in them only, the first that applies counts`() throws {
    let configuration = try read(
      "{image: nginx, files: deploy, reason: one}, {files: [old/**, x.yaml], reason: two}, {image: '**', reason: three}, {action: '**', reason: four}"
    )
    let nginx = try ImageReference(parsing: "nginx")
    #expect(configuration.ignoreRule(for: nginx, path: "deploy/a.yaml")?.reason == "one")
    #expect(configuration.ignoreRule(for: nginx, path: "old/a.yaml")?.reason == "two")
    #expect(configuration.ignoreRule(for: nginx, path: "a.yaml")?.reason == "three")
    #expect(configuration.ignoreRule(forAction: "a/b@c", path: "sub/x.yaml")?.reason == "two")
    #expect(configuration.ignoreRule(forAction: "a/b@c", path: "a.yaml")?.reason == "four")
    #expect(configuration.ignoreRule(forFile: "old/a.yaml")?.reason == "two")
    #expect(configuration.ignoreRule(forFile: "deploy/a.yaml") == nil)
    #expect(Configuration.default.ignoreRule(for: nginx, path: "a.yaml") == nil)
  }
}
