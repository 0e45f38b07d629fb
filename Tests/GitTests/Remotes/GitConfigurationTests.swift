import Foundation
import Git
import HTTP
import Testing

@Suite struct GitConfigurationTests {
  private let sandbox: GitSandbox

  init() throws { sandbox = try GitSandbox() }

  private func configuration(_ values: (String, String)...) throws -> GitConfiguration {
    GitConfiguration(entries: try values.map { try #require(GitConfiguration.Entry($0.0, $0.1)) }, homeDirectory: "/home/me")
  }

  private func url(_ text: String) throws -> HTTPURL { try HTTPURL(parsing: text) }

  // MARK: url.<base>.insteadOf

  @Test(arguments: [
    ("https://github.com/a/b", "https://mirror.test/gh/a/b"), ("https://github.com/acme/b", "ssh://git@acme.test/b"),
    ("gh:a/b", "https://mirror.test/gh/a/b"),
    ("https://gitlab.com/a", "https://gitlab.com/a"), ("https://github.com", "https://github.com"),
  ])
  func `the longest match is put in the place of a URL's beginning`(from: String, to: String) throws {
    let configuration = try configuration(
      ("url.https://mirror.test/gh/.insteadOf", "https://github.com/"), ("url.ssh://git@acme.test/.insteadOf", "https://github.com/acme/"),
      ("url.https://mirror.test/gh/.INSTEADOF", "gh:"), ("url.https://other.test/.insteadOf", "https://github.com/"),
      ("url.https://never.test/.insteadOf", ""), ("url.https://never.test/.pushInsteadOf", "https://gitlab.com/"))
    #expect(configuration.rewriting(from) == to)
  }

  // MARK: http.*

  /// Each as git itself decides: see `asGitDecides`.
  static let sections: [[String]] = [
    [""], ["https://host.test"], ["https://host.test/"], ["https://host.test:443/"], ["https://HOST.test"], ["http://host.test"],
    ["https://host.test/a"], ["https://host.test/a/"], ["https://host.test/a/b"], ["https://host.test/ab"], ["https://me@host.test/"],
    ["https://other.test"], ["https://*.test"], ["https://*"], ["https://*.host.test"], ["https://host.test:8443"],
    ["https://host.test", ""], ["https://host.test/a", "https://host.test"], ["https://*.test/a/b", "https://host.test"],
    ["https://host.test", "https://host.test/"], ["https://me@host.test", "https://host.test"],
    ["https://host.test/a", "https://me@host.test/"],
    ["nonsense"], ["https://"], ["ssh://host.test"],
  ]

  @Test(arguments: sections, ["https://host.test/a/b", "https://me@host.test/a/b", "https://host.test:8443/a", "https://sub.host.test/"])
  func `a section for a URL counts where git says so`(sections: [String], address: String) throws {
    let names = sections.map { $0.isEmpty ? "http.proxy" : "http.\($0).proxy" }
    var arguments = ["git"]
    for (index, name) in names.enumerated() { arguments += ["-c", "\(name)=http://p\(index):1"] }
    let decided = try? sandbox.run(arguments + ["config", "--get-urlmatch", "http.proxy", address], in: "")
    let expected = decided.map { $0.trimmingCharacters(in: .newlines) }

    let entries = try names.enumerated().map { try #require(GitConfiguration.Entry($1, "http://p\($0):1")) }
    let user = address.contains("me@") ? "me" : nil
    let settings = try GitConfiguration(entries: entries).httpSettings(for: try url(address.replacing("me@", with: "")), user: user)
    let actual: String? = if case .address(let proxy, _) = settings.proxy { proxy } else { nil }
    #expect(actual == expected)
  }

  @Test func `headers add up, and an empty one takes them back`() throws {
    let configuration = try configuration(
      ("http.extraHeader", "X-All: 1"), ("http.https://github.com/.extraheader", "AUTHORIZATION: basic dG9rZW4="),
      ("http.https://acme.test/.extraHeader", ""), ("http.https://acme.test/.extraHeader", "X-Acme:  two words "))
    #expect(try configuration.httpSettings(for: url("https://gitlab.com/a")).extraHeaders == [.init(name: "X-All", value: "1")])
    #expect(
      try configuration.httpSettings(for: url("https://github.com/a/b")).extraHeaders
        == [.init(name: "X-All", value: "1"), .init(name: "AUTHORIZATION", value: "basic dG9rZW4=")])
    #expect(try configuration.httpSettings(for: url("https://acme.test/a")).extraHeaders == [.init(name: "X-Acme", value: "two words")])
    #expect(try configuration.httpSettings(for: url("https://github.com/a/b")).authorizes)
  }

  @Test(arguments: ["no colon hunter22", ": hunter22", "A: hunter22\r\nB: x", "A B: hunter22", "A: hünter22"])
  func `what is no header is an error that keeps its value`(header: String) throws {
    let configuration = try configuration(("http.extraHeader", header))
    let error = #expect(throws: GitRemoteError.self) { try configuration.httpSettings(for: url("https://a.test/")) }
    #expect(error?.description.contains("nter22") == false)
    #expect(error?.description.contains("http.extraHeader") == true)
  }

  @Test func `proxy and certificates`() throws {
    let configuration = try configuration(
      ("http.proxy", "http://proxy.test:3128"), ("http.https://direct.test.proxy", ""), ("http.sslCAInfo", "~/ca.pem"))
    let settings = try configuration.httpSettings(for: url("https://a.test/"))
    #expect(settings.proxy == .address("http://proxy.test:3128", setting: "http.proxy of git's configuration"))
    #expect(settings.certificateAuthority == CertificateAuthority(path: "/home/me/ca.pem", setting: "http.sslCAInfo"))
    #expect(try configuration.httpSettings(for: url("https://direct.test/x")).proxy == .direct)
    let other = try configuration.httpSettings(for: url("https://a.test/"), environment: ["GIT_SSL_CAINFO": "/other.pem"])
    #expect(other.certificateAuthority == CertificateAuthority(path: "/other.pem", setting: "GIT_SSL_CAINFO"))
    #expect(try self.configuration().httpSettings(for: url("https://a.test/")) == GitHTTPSettings())
  }

  @Test(arguments: [
    ("true", true), ("Yes", true), ("on", true), ("1", true), ("2", true), ("-1", true), ("", false), ("0", false), ("no", false),
    ("off", false), ("false", false),
  ])
  func `what git takes for true is true`(value: String, isTrue: Bool) throws {
    #expect(try configuration(("commit.gpgSign", value)).flag("commit", "gpgsign") == isTrue)
    #expect(try sandbox.git("-c", "commit.gpgSign=\(value)", "config", "--type=bool", "commit.gpgSign") == "\(isTrue)\n")
  }

  // MARK: Reading

  /// Everything but the repository is in the sandbox.
  private var environment: [String: String] { ["HOME": sandbox.path("home"), "GIT_CONFIG_NOSYSTEM": "1"] }

  private func values(_ configuration: GitConfiguration) -> [String] {
    configuration.entries.filter { $0.section == "tagpin" && $0.key == "x" }.map(\.value)
  }

  @Test func `the files are read in git's order, and the environment last`() throws {
    try sandbox.makeRepository()
    try sandbox.write("[tagpin]\n\tx = xdg\n", to: "home/.config/git/config")
    try sandbox.write("[tagpin]\n\tx = home\n[include]\n\tpath = more\n[tagpin]\n\tX = after\n", to: "home/.gitconfig")
    try sandbox.write("[tagpin]\n\tx = included\n", to: "home/more")
    try sandbox.write("[tagpin]\n\tx = system\n", to: "system")
    try sandbox.git("config", "tagpin.x", "own", in: "repository")
    let repository = try #require(try GitRepository.discover(from: sandbox.path("repository")))
    var environment = environment
    environment["GIT_CONFIG_COUNT"] = "2"
    environment["GIT_CONFIG_KEY_0"] = "tagpin.x"
    environment["GIT_CONFIG_VALUE_0"] = "variable"
    environment["GIT_CONFIG_KEY_1"] = "http.https://HOST/.extraHeader"
    environment["GIT_CONFIG_VALUE_1"] = "A: b"
    let read = try GitConfiguration.read(environment: environment, repository: repository)
    #expect(values(read) == ["xdg", "home", "included", "after", "own", "variable"])
    #expect(read.entries.last == GitConfiguration.Entry("http.https://HOST/.extraheader", "A: b"))
    #expect(read.value("tagpin", "x") == "variable")
    #expect(read.homeDirectory == sandbox.path("home"))
    #expect(values(try GitConfiguration.read(environment: self.environment)) == ["xdg", "home", "included", "after"])

    environment["GIT_CONFIG_NOSYSTEM"] = nil
    environment["GIT_CONFIG_SYSTEM"] = sandbox.path("system")
    environment["GIT_CONFIG_GLOBAL"] = sandbox.path("home/more")
    environment["GIT_CONFIG_COUNT"] = nil
    #expect(values(try GitConfiguration.read(environment: environment, repository: repository)) == ["system", "included", "own"])
    environment["GIT_CONFIG_GLOBAL"] = ""
    environment["XDG_CONFIG_HOME"] = sandbox.path("home/.config")
    #expect(values(try GitConfiguration.read(environment: environment)) == ["system"])
  }

  @Test func `a token in a file that is included for this repository alone is found, from a linked work tree, too`() throws {
    try sandbox.makeRepository()
    try sandbox.git("worktree", "add", "-q", "../linked", in: "repository")
    try sandbox.write("[http \"https://github.com/\"]\n\textraheader = AUTHORIZATION: basic dG9rZW4=\n", to: "credentials.config")
    for pattern in ["\(sandbox.path("repository"))/.git", "\(sandbox.path("repository"))/.git/worktrees/*", "/elsewhere/.git"] {
      try sandbox.git("config", "includeIf.gitdir:\(pattern).path", sandbox.path("credentials.config"), in: "repository")
    }
    for directory in ["repository", "linked"] {
      let repository = try #require(try GitRepository.discover(from: sandbox.path(directory)))
      let settings = try GitConfiguration.read(environment: environment, repository: repository).httpSettings(
        for: url("https://github.com/a/b"))
      #expect(settings.extraHeaders == [.init(name: "AUTHORIZATION", value: "basic dG9rZW4=")], "\(directory)")
    }
  }

  @Test func `a work tree's own configuration counts where it is switched on`() throws {
    try sandbox.makeRepository()
    try sandbox.git("config", "extensions.worktreeConfig", "true", in: "repository")
    try sandbox.git("config", "--worktree", "tagpin.x", "tree", in: "repository")
    let repository = try #require(try GitRepository.discover(from: sandbox.path("repository")))
    #expect(values(try GitConfiguration.read(environment: environment, repository: repository)) == ["tree"])
  }

  @Test func `a damaged file and a half variable are errors`() throws {
    try sandbox.write("[tagpin\n", to: "home/.gitconfig")
    let error = #expect(throws: GitError.self) { try GitConfiguration.read(environment: environment) }
    guard case .unreadableConfiguration(sandbox.path("home/.gitconfig"), _) = error else {
      Issue.record("\(String(describing: error))"); return
    }
    for variables in [
      ["GIT_CONFIG_COUNT": "x"], ["GIT_CONFIG_COUNT": "-1"], ["GIT_CONFIG_COUNT": "1"],
      ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "a.b"],
      ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "nodot", "GIT_CONFIG_VALUE_0": "x"],
    ] {
      let error = #expect(throws: GitError.self) {
        try GitConfiguration.read(environment: variables.merging(["GIT_CONFIG_GLOBAL": "", "GIT_CONFIG_NOSYSTEM": "1"]) { $1 })
      }
      guard case .invalidVariable = error else { Issue.record("\(String(describing: error))"); return }
    }
  }
}
