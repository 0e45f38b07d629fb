import Foundation
import Git
import Testing

@Suite struct HooksDirectoryTests {
  let sandbox: GitSandbox

  init() throws {
    sandbox = try GitSandbox()
    try sandbox.makeRepository()
  }

  private func hooks(_ directory: String, _ environment: [String: String] = [:]) throws -> HooksDirectory {
    let environment = environment.merging(["HOME": GitSandbox.home, "GIT_CONFIG_NOSYSTEM": "1"]) { given, _ in given }
    return try #require(try GitRepository.discover(from: sandbox.path(directory))).hooksDirectory(environment: environment)
  }

  /// Where git itself would look.
  private func gitPath(_ directory: String) throws -> String {
    let path = try sandbox.git("rev-parse", "--git-path", "hooks", in: directory).trimmingCharacters(in: .newlines)
    return URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: sandbox.path(directory) + "/")).standardizedFileURL.path
  }

  @Test func `hooks stand in the git directory`() throws {
    #expect(try hooks("repository").path == sandbox.path("repository/.git/hooks"))
    #expect(try hooks("repository").isShared == false)
    #expect(try hooks("repository/a").path == sandbox.path("repository/.git/hooks"))
    #expect(try gitPath("repository") == sandbox.path("repository/.git/hooks"))
  }

  @Test func `linked work trees share them`() throws {
    try sandbox.git("worktree", "add", "-q", sandbox.path("linked"), in: "repository")
    #expect(try hooks("linked").path == sandbox.path("repository/.git/hooks"))
    #expect(try gitPath("linked") == sandbox.path("repository/.git/hooks"))
  }

  @Test func `a bare repository has them in itself`() throws {
    try sandbox.git("init", "-q", "--bare", sandbox.path("bare.git"))
    #expect(try hooks("bare.git").path == sandbox.path("bare.git/hooks"))
    try sandbox.git("config", "core.hooksPath", "checks", in: "bare.git")
    #expect(try hooks("bare.git").path == sandbox.path("bare.git/checks"))
  }

  @Test(arguments: ["tools/hooks", "/opt/hooks", "/opt//hooks/", "~/hooks"]) func `core.hooksPath wins`(_ path: String) throws {
    try sandbox.git("config", "core.hooksPath", path, in: "repository")
    let found = try hooks("repository")
    #expect(!found.isShared)
    switch path.first {
    case "/": #expect(found.path == "/opt/hooks")
    case "~": #expect(found.path == GitSandbox.home + "/hooks")
    default:
      #expect(found.path == sandbox.path("repository/\(path)"))
      #expect(try hooks("repository/a") == found)
      #expect(try gitPath("repository") == found.path)
    }
  }

  @Test func `a work tree can have its own`() throws {
    try sandbox.git("worktree", "add", "-q", sandbox.path("linked"), in: "repository")
    try sandbox.git("config", "extensions.worktreeConfig", "true", in: "repository")
    try sandbox.git("config", "--worktree", "core.hooksPath", "own", in: "linked")
    #expect(try hooks("linked").path == sandbox.path("linked/own"))
    #expect(try gitPath("linked") == sandbox.path("linked/own"))
    #expect(try hooks("repository").path == sandbox.path("repository/.git/hooks"))
  }

  @Test func `an empty core.hooksPath says nothing`() throws {
    try sandbox.git("config", "core.hooksPath", "", in: "repository")
    #expect(try hooks("repository").path == sandbox.path("repository/.git/hooks"))
  }

  @Test func `what other repositories use, too, is told`() throws {
    try sandbox.write("[core]\n\thooksPath = /everywhere\n", to: "user.config")
    let user = ["GIT_CONFIG_GLOBAL": sandbox.path("user.config")]
    let once = ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.hooksPath", "GIT_CONFIG_VALUE_0": "/once"]
    let shared = try hooks("repository", user)
    #expect(shared.path == "/everywhere" && shared.isShared)

    try sandbox.git("config", "core.hooksPath", "/own", in: "repository")
    let own = try hooks("repository", user)
    #expect(own.path == "/own" && !own.isShared)
    let given = try hooks("repository", user.merging(once) { $1 })
    #expect(given.path == "/once" && given.isShared)
  }
}
