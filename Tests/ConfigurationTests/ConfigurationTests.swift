import Configuration
import Dialects
import References
import SourceText
import Testing

@Suite struct ConfigurationTests {
  private func read(_ text: String, trust: Configuration.Trust = .repository) throws -> Configuration {
    try Configuration(parsing: SourceText(text), file: ".tagpin.yaml", trust: trust)
  }

  @Test func `every key has its effect`() throws {
    let configuration = try read(
      """
      include: ["**"]                # globs over repository paths
      exclude: ["**/testdata/**"]    # default: empty
      style: tag-and-digest          # or digest, or [{files: "deploy/**", style: digest}]
      ignore:
        - { image: "ghcr.io/acme/**", reason: "built here" }
        - { action: "acme/*" }
      registries:
        - { prefix: "docker.io", mirrors: ["http://127.0.0.1:5000/hub"] }
        - { prefix: "registry.acme.test:5000", insecure: true }
        - { prefix: "harbor.acme.test", ca: "acme-ca.pem" }
      actions: { server: "https://github.com", gitlab: "https://gitlab.com" }
      helm: { tag-digest: false }
      scripts: true
      likely: true
      sites:
        - { files: "deploy/*.yaml", path: "jobs[].runtime.image" }
      guard: { allow: [latest, "main-*"], allow-new-repository: true }
      """)
    let line = { SettingOrigin(file: ".tagpin.yaml", line: $0, trust: .repository) }
    let expected = Configuration(
      include: [try Glob(parsing: "**", over: .trees)], exclude: [try Glob(parsing: "**/testdata/**", over: .trees)],
      styles: [StyleRule(form: .tagAndDigest)],
      ignore: [
        Configured(IgnoreRule(.image(try ReferencePattern(parsingImage: "ghcr.io/acme/**")), reason: "built here"), at: line(5)),
        Configured(IgnoreRule(.action(try ReferencePattern(parsingAction: "acme/*"))), at: line(6)),
      ],
      registries: [
        Configured(
          RegistryRule(prefix: try RegistryPrefix(parsing: "docker.io"), mirrors: [try BaseURL(parsing: "http://127.0.0.1:5000/hub")]),
          at: line(8)),
        Configured(RegistryRule(prefix: try RegistryPrefix(parsing: "registry.acme.test:5000"), usesPlainHTTP: true), at: line(9)),
        Configured(RegistryRule(prefix: try RegistryPrefix(parsing: "harbor.acme.test"), ca: .inRepository("acme-ca.pem")), at: line(10)),
      ],
      actions: ActionSettings(
        github: Configured([.web(try BaseURL(parsing: "https://github.com"))], at: line(11)),
        gitlab: Configured(.web(try BaseURL(parsing: "https://gitlab.com")), at: line(11))),
      pinsScripts: true, pinsLikely: true,
      sites: [SiteRule(files: [try Glob(parsing: "deploy/*.yaml", over: .trees)], path: try SitePath(parsing: "jobs[].runtime.image"))],
      pushes: PushRules(
        allow: AllowedTags(lists: [[try Glob(parsing: "latest", over: .names), try Glob(parsing: "main-*", over: .names)]]),
        allowsNewRepository: true))
    #expect(configuration == expected)
    let mirror = try #require(configuration.registries.first?.mirrors.first)
    #expect(mirror.scheme == .http)
    #expect(mirror.authority.description == "127.0.0.1:5000")
    #expect(mirror.path == "hub")
  }

  @Test(arguments: ["", "\n", "# all of it is commented out\n", "---\n", "\u{FEFF}", "--- # nothing\n...\n"])
  func `a file without content is the default`(text: String) throws {
    #expect(try read(text) == Configuration.default)
  }

  @Test func `quotes, block style, CRLF and a byte order mark change nothing`() throws {
    let expected = try read("exclude: [a, b/c]\nhelm: {tag-digest: true}\n")
    #expect(try read("\u{FEFF}\"exclude\":\r\n- 'a'\r\n- \"b/c\"\r\nhelm:\r\n  tag-digest: True\r\n") == expected)
    #expect(try read("{\"exclude\": [\"a\", \"b/c\"], \"helm\": {\"tag-digest\": true}}") == expected)
    #expect(expected.putsDigestInHelmTag)
  }

  @Test func `how actions are pinned`() throws {
    #expect(
      try read("actions: {pre-commit: true, comment: exact, lockfile: ignore}").actions
        == ActionSettings(pinsPreCommit: true, comment: .exact, lockFile: .ignore))
    #expect(try read("actions: {pre-commit: false, comment: tag, lockfile: respect}").actions == ActionSettings())
  }

  @Test func `one pattern stands for a list of one`() throws {
    #expect(try read("exclude: testdata") == read("exclude: [testdata]"))
  }

  @Test func `an empty list of what is excluded is the default`() throws {
    #expect(try read("exclude: []") == Configuration.default)
  }

  @Test func `files are selected by what is included and not excluded`() throws {
    #expect(Configuration.default.selects("a/b.yaml"))
    let configuration = try read("include: ['*.yaml', deploy]\nexclude: [testdata/, '**/*.gen.yaml']")
    for path in ["a.yaml", "x/a.yaml", "deploy/Dockerfile", "x/deploy/a/b"] { #expect(configuration.selects(path), "\(path)") }
    for path in ["a.json", "testdata/a.yaml", "x/testdata/a.yaml", "a.gen.yaml", "deploy/a.gen.yaml"] {
      #expect(!configuration.selects(path), "\(path)")
    }
  }

  @Test func `the first style that names a file counts, none leaves it to the dialect`() throws {
    #expect(Configuration.default.form(for: "a") == nil)
    #expect(try read("style: digest").form(for: "a") == .digest)
    let configuration = try read("style: [{files: deploy/a.yaml, style: tag-and-digest}, {files: ['deploy/**', x], style: digest}]")
    #expect(configuration.form(for: "deploy/a.yaml") == .tagAndDigest)
    #expect(configuration.form(for: "deploy/b.yaml") == .digest)
    #expect(configuration.form(for: "x") == .digest)
    #expect(configuration.form(for: "a.yaml") == nil)
  }

  @Test func `sites are looked for in the files that a rule names`() throws {
    let configuration = try read("sites: [{files: '*.yaml', path: a}, {files: [b.yaml, c.json], path: '**.c[]'}]")
    #expect(configuration.sitePaths(for: "x/b.yaml").map(\.description) == ["a", "**.c[]"])
    #expect(configuration.sitePaths(for: "c.json").map(\.description) == ["**.c[]"])
    #expect(configuration.sitePaths(for: "d.json").isEmpty)
  }

  @Test func `what a push may do is nothing by default, and one pattern stands for a list of one`() throws {
    #expect(Configuration.default.pushes == PushRules(allow: AllowedTags(lists: []), allowsNewRepository: false))
    #expect(try read("guard: {}") == Configuration.default)
    #expect(try read("guard: { allow: [] }") == Configuration.default)
    let pushes = try read("guard: { allow: 'v?', allow-new-repository: false }").pushes
    #expect(pushes.allow.pattern(for: "v1")?.description == "v?")
    #expect(pushes.allow.pattern(for: "v10") == nil)
    #expect(!pushes.allowsNewRepository)
  }

  @Test(arguments: [
    ("guard: [latest]", "1:8"), ("guard: { allow: [1.0] }", "1:18"), ("guard: { allow: ['[a'] }", "1:18"),
    ("guard: { allow: '' }", "1:17"), ("guard: { allow-new-repository: 'yes' }", "1:32"), ("guard: { alow: latest }", "1:10"),
  ])
  func `a rule for pushes that cannot be read is an error`(text: String, position: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try read(text) }
    #expect(error?.description.hasPrefix(".tagpin.yaml:\(position): ") == true, "\(error?.description ?? "")")
  }

  @Test func `a repository has one configuration at most`() throws {
    #expect(try Configuration.path { _ in false } == nil)
    for path in Configuration.paths { #expect(try Configuration.path { $0 == path } == path) }
    let error = #expect(throws: Configuration.AmbiguousLocation.self) { try Configuration.path { $0.hasSuffix(".yaml") } }
    #expect(
      error?.description
        == "more than one configuration: '.tagpin.yaml' and '.github/tagpin.yaml'; keep one; --no-repository-config reads neither")
  }
}
