import Configuration
import Dialects
import References
import Rules
import SourceText
import Testing

/// What comes of several configuration files.
@Suite struct LayerTests {
  typealias Layer = LayeredConfiguration.Layer

  /// Files of the machine, the user and the repository; nil where there is none.
  private func read(machine: String? = nil, user: String? = nil, repository: String? = nil) throws -> LayeredConfiguration {
    try LayeredConfiguration(
      [("/etc/tagpin.yaml", machine, .user), ("/home/config.yaml", user, .user), (".tagpin.yaml", repository, .repository)]
        .compactMap { (file: String, text: String?, trust: Configuration.Trust) in
          text.map { Layer(SourceText($0), file: file, trust: trust) }
        })
  }

  private func key(_ name: String, of layers: LayeredConfiguration) throws -> ConfiguredKey {
    try #require(layers.keys.first { $0.name == name })
  }

  @Test func `without a file everything is the default`() throws {
    let nothing = try read()
    #expect(nothing.configuration == .default)
    for key in nothing.keys {
      guard case .standard = key.content else {
        Issue.record("\(key.name) is no default")
        continue
      }
    }
  }

  @Test func `lists are joined, and each element knows where it is written`() throws {
    let layers = try read(
      machine: "exclude: [a]\nignore: [{image: x}]\nsites: [{files: p, path: a}]", user: "exclude:\n  - b\n",
      repository: "\nexclude: c\nignore:\n  - {image: y}\nsites: [{files: q, path: b}]")
    for path in ["a", "b", "c"] { #expect(!layers.configuration.selects(path)) }
    #expect(layers.configuration.selects("d"))
    #expect(layers.configuration.ignore.count == 2)
    #expect(layers.configuration.sites.map(\.path.description) == ["a", "b"])
    guard case .elements(let elements) = try key("exclude", of: layers).content else {
      Issue.record("exclude is no list")
      return
    }
    #expect(elements.map(\.value) == [.text("a"), .text("b"), .text("c")])
    #expect(elements.map(\.origin.description) == ["/etc/tagpin.yaml:1", "/home/config.yaml:2", ".tagpin.yaml:2"])
    #expect(elements.map(\.isTrusted) == [true, true, false])
  }

  @Test func `what one layer includes is read, whatever another one includes`() throws {
    let configuration = try read(machine: "include: [deploy]", repository: "include: [charts]").configuration
    #expect(configuration.selects("deploy/a") && configuration.selects("charts/a") && !configuration.selects("src/a"))
  }

  @Test func `of styles the nearest layer's that names the file counts`() throws {
    let configuration = try read(
      machine: "style: tag-and-digest", user: "style: [{files: b, style: digest}]", repository: "style: [{files: a, style: digest}]"
    ).configuration
    #expect(configuration.form(for: "a") == .digest && configuration.form(for: "b") == .digest)
    #expect(configuration.form(for: "c") == .tagAndDigest)
    let nearer = try read(machine: "style: [{files: a, style: tag-and-digest}]", user: "style: digest").configuration
    #expect(nearer.form(for: "a") == .digest)
  }

  @Test func `the registries of trusted layers match first, the nearest of them before the others`() throws {
    let configuration = try read(
      machine: "registries: [{prefix: a.test, ca: /etc/a.pem}, {prefix: b.test, ca: /etc/b.pem}]",
      user: "registries: [{prefix: a.test/team, insecure: true}]",
      repository:
        "registries: [{prefix: a.test, ca: own.pem}, {prefix: a.test/x/y, mirrors: ['https://m.test']}, {prefix: c.test, ca: c.pem}]"
    ).configuration
    let rule = { (name: String) in configuration.registry(for: try ImageReference(parsing: name).name) }
    #expect(try rule("a.test/team/app")?.usesPlainHTTP == true)
    #expect(try rule("a.test/x/y/z")?.ca == .atPath("/etc/a.pem"))
    #expect(try rule("b.test/x")?.ca == .atPath("/etc/b.pem"))
    #expect(try rule("c.test/x")?.ca == .inRepository("c.pem"))
    #expect(try rule("c.test/x")?.isTrusted == false)
    #expect(configuration.registries.map(\.isTrusted) == [true, true, true, false, false, false])
  }

  struct Example: Sendable, CustomTestStringConvertible {
    var key: String
    var machine: String?
    var user: String?
    var repository: String?
    /// The line that counts, and whether the repository's is overruled.
    var counts: String?
    var isOverruled = false

    var testDescription: String { "\(key): \(machine ?? "-"), \(user ?? "-"), \(repository ?? "-")" }
  }

  private static let m = "/etc/tagpin.yaml"
  private static let u = "/home/config.yaml"
  private static let r = ".tagpin.yaml"

  static let examples: [Example] = [
    // What only says how something is written: the nearest counts.
    Example(key: "commit.message", machine: "a", user: "b", repository: "c", counts: r),
    Example(key: "commit.message", machine: "a", user: "b", counts: u),
    Example(key: "commit.message", machine: "a", counts: m),
    Example(key: "commit.message"),
    Example(key: "actions.comment", user: "exact", repository: "tag", counts: r),
    Example(key: "helm.tag-digest", user: "true", repository: "false", counts: r),
    // What makes tagpin look at more: the repository may, and may not take it back.
    Example(key: "scripts", user: "true", repository: "false", counts: u, isOverruled: true),
    Example(key: "scripts", user: "false", repository: "true", counts: r),
    Example(key: "scripts", machine: "true", user: "false", repository: "false", counts: r),
    Example(key: "scripts", machine: "true", user: "false", counts: u),
    Example(key: "likely", user: "true", repository: "false", counts: u, isOverruled: true),
    Example(key: "likely", user: "false", repository: "true", counts: r),
    Example(key: "actions.pre-commit", user: "true", repository: "false", counts: u, isOverruled: true),
    Example(key: "actions.pre-commit", user: "false", repository: "true", counts: r),
    Example(key: "actions.lockfile", user: "ignore", repository: "respect", counts: u, isOverruled: true),
    Example(key: "actions.lockfile", user: "respect", repository: "ignore", counts: r),
    // Who is asked.
    Example(
      key: "actions.server", machine: "https://a.test", user: "https://b.test", repository: "https://c.test", counts: u, isOverruled: true),
    Example(key: "actions.server", user: "https://b.test", repository: "https://b.test", counts: u),
    Example(key: "actions.server", repository: "https://c.test", counts: r),
    Example(key: "actions.gitlab", user: "https://b.test", repository: "https://c.test", counts: u, isOverruled: true),
    // What a push may do.
    Example(key: "guard.allow-new-repository", user: "false", repository: "true", counts: u, isOverruled: true),
    Example(key: "guard.allow-new-repository", user: "true", repository: "false", counts: r),
    Example(key: "guard.allow-new-repository", repository: "true", counts: r),
  ]

  @Test(arguments: examples)
  func `of single values the nearest counts, and the repository's makes nothing laxer`(_ example: Example) throws {
    func file(_ value: String?) -> String? {
      guard let value else { return nil }
      let parts = example.key.split(separator: ".")
      return parts.count == 1
        ? "\(parts[0]): \(value)"
        : "\(parts[0]): {\(parts[1]): '\(value)'}".replacing("'true'", with: "true")
          .replacing("'false'", with: "false")
    }
    let layers = try read(machine: file(example.machine), user: file(example.user), repository: file(example.repository))
    let key = try key(example.key, of: layers)
    switch key.content {
    case .value(let value): #expect(value.origin.file == example.counts)
    case .standard: #expect(example.counts == nil)
    case .elements, .variable: Issue.record("it is another one")
    }
    #expect(key.overruled.map(\.file) == (example.isOverruled ? [Self.r] : []))
  }

  @Test func `single values count`() throws {
    let configuration = try read(
      machine: "scripts: true\nactions: {server: 'https://a.test', lockfile: ignore}\nguard: {allow-new-repository: false}",
      user: "helm: {tag-digest: true}\ncommit: {message: 'x {subject}'}",
      repository: "scripts: false\nactions: {server: 'https://c.test', comment: exact}\nguard: {allow-new-repository: true}"
    ).configuration
    #expect(configuration.pinsScripts && configuration.putsDigestInHelmTag && !configuration.pushes.allowsNewRepository)
    #expect(configuration.actions.github?.value == [.web(try BaseURL(parsing: "https://a.test"))])
    #expect(configuration.actions.github?.isTrusted == true)
    #expect(configuration.actions.lockFile == .ignore && configuration.actions.comment == .exact)
    #expect(configuration.commitMessage != nil)
  }

  struct Allowed: Sendable {
    var machine: String?
    var user: String?
    var repository: String?
    var allowed: [String]
    var others: [String]
  }

  static let allowed = [
    Allowed(repository: "[latest, dev-*]", allowed: ["latest", "dev-1"], others: ["v1"]),
    Allowed(machine: "[latest]", repository: "[latest, dev-*]", allowed: ["latest"], others: ["dev-1"]),
    Allowed(machine: "[latest, dev-*]", repository: "dev-*", allowed: ["dev-1"], others: ["latest"]),
    Allowed(machine: "[latest]", user: "[dev-*]", allowed: ["latest", "dev-1"], others: ["v1"]),
    Allowed(machine: "[latest]", user: "[dev-*]", repository: "['*']", allowed: ["latest", "dev-1"], others: ["v1"]),
    Allowed(machine: "[]", repository: "['*']", allowed: [], others: ["latest", "v1"]),
    Allowed(machine: "['*']", repository: "[]", allowed: [], others: ["latest", "v1"]),
    Allowed(allowed: [], others: ["latest"]),
  ]

  @Test(arguments: allowed)
  func `of tags that may move the repository's list only takes away`(_ example: Allowed) throws {
    func file(_ list: String?) -> String? { list.map { "guard: {allow: \($0)}" } }
    var allow = try read(machine: file(example.machine), user: file(example.user), repository: file(example.repository)).configuration
      .pushes
      .allow
    for tag in example.allowed { #expect(allow.pattern(for: tag) != nil, "\(tag)") }
    for tag in example.others { #expect(allow.pattern(for: tag) == nil, "\(tag)") }
    // What is named on the command line is enough by itself.
    allow.named = [try Glob(parsing: "v1", over: .names)]
    #expect(allow.pattern(for: "v1")?.description == "v1")
  }

  @Test(
    arguments: [("exclude: 1", nil, "/etc/tagpin.yaml:1:10: "), (nil, "\nactions: {sever: x}", ".tagpin.yaml:2:11: ")]
      as [(String?, String?, String)])
  func `an error names the file of its layer`(_ machine: String?, _ repository: String?, _ place: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try read(machine: machine, user: "exclude: [x]", repository: repository) }
    #expect(error?.description.hasPrefix(place) == true, "\(error?.description ?? "")")
  }

  @Test(
    arguments: [
      // What the repository leaves out, its organisation's policy names.
      ("never-ignore: [{files: 'k8s/**'}]", "exclude: ['k8s/**', 'docs/**']", ["k8s/a.yaml": true, "docs/a.yaml": false, "b.yaml": true]),
      ("never-ignore: [{files: 'k8s/**'}]", "include: ['src/**']", ["k8s/a.yaml": true, "docs/a.yaml": false, "src/a.yaml": true]),
      // The organisation's own list counts, and a rule without files names none.
      ("never-ignore: [{files: 'k8s/**'}]\nexclude: ['k8s/old/**']", "exclude: ['k8s/**']", ["k8s/a.yaml": true, "k8s/old/a.yaml": false]),
      ("never-ignore: [{rule: latest-tag}]", "exclude: ['k8s/**']", ["k8s/a.yaml": false]),
    ] as [(String, String, [String: Bool])])
  func `a repository does not leave out the files that it may not ignore`(
    _ organisation: String, _ repository: String, _ files: [String: Bool]
  ) throws {
    let configuration = try read(machine: organisation, user: nil, repository: repository).configuration
    for (path, isRead) in files { #expect(configuration.selects(path) == isRead, "\(path)") }
  }

  @Test func `a path counts from the directory of its own file`() throws {
    let registries = try read(
      machine: "registries: [{prefix: a.test, ca: a.pem}]", user: "registries: [{prefix: b.test, ca: b.pem}]",
      repository: "registries: [{prefix: c.test, ca: c.pem}]"
    ).configuration.registries
    #expect(registries.map(\.ca) == [.atPath("/home/b.pem"), .atPath("/etc/a.pem"), .inRepository("c.pem")])
  }

  @Test func `where a ledger is kept the repository says only where no trusted layer has said it`() throws {
    let both = try read(user: "ledger: seen.jsonl", repository: "ledger: refs/tagpin/seen")
    #expect(both.configuration.ledger?.value == .file(.atPath("/home/seen.jsonl")))
    #expect(try key("ledger", of: both).overruled.map(\.description) == [".tagpin.yaml:1"])
    #expect(try read(repository: "ledger: refs/tagpin/seen").configuration.ledger?.value == .ref("refs/tagpin/seen"))
    #expect(try read(user: "ledger: off", repository: "ledger: refs/tagpin/seen").configuration.ledger?.value == .off)
  }

  @Test(arguments: [
    "refs/heads/main", "refs/tags/v1", "refs/remotes/origin/x", "refs/x", "refs/a/../b", "refs/a/b.lock", "refs/a//b", "refs/a/b c",
  ])
  func `a branch, a tag and what is no ref cannot be a ledger`(_ ref: String) {
    #expect(throws: ConfigurationError.self) { try read(user: "ledger: '\(ref)'") }
  }

  private static let ages: [(user: String?, repository: String?, option: String?, expected: String?)] = [
    ("3d", "1w", nil, "1w"), ("3d", "1h", nil, "3d"), ("3d", nil, "0", nil), ("3d", "1w", "12h", "1w"), (nil, "2d", nil, "2d"),
    (nil, nil, nil, "1d"), ("[{image: other, age: 9d}, {image: nginx, age: 4d}, {age: 5d}]", "[{image: other, age: 9d}]", nil, "4d"),
  ]

  @Test(arguments: ages)
  func `the repository makes an age longer, and never shorter`(
    _ user: String?, _ repository: String?, _ option: String?, _ expected: String?
  ) throws {
    let configuration = try read(
      machine: "min-age: 1d", user: user.map { "min-age: \($0)" }, repository: repository.map { "min-age: \($0)" }
    ).configuration
    let nginx = Reference.image(try ImageReference(parsing: "nginx:1.27"))
    #expect(configuration.minimumAge(of: nginx, given: option.flatMap { Age($0) })?.description == expected)
  }
}
