import Foundation
import Git
import Testing

/// Only root can give a repository to somebody else. One after the other: they share the user's configuration file.
@Suite(.serialized, .enabled(if: geteuid() == 0, "needs root to make a repository of another user"))
struct OwnershipTests {
  let sandbox: GitSandbox

  init() throws {
    sandbox = try GitSandbox()
    try sandbox.makeRepository()
    for path in ["repository", "repository/.git"] { chown(sandbox.path(path), 12345, 12345) }
    try configure([])
  }

  private let environment = GitEnvironment(["HOME": GitSandbox.home, "GIT_CONFIG_NOSYSTEM": "1"])

  private func configure(_ safeDirectories: [String]) throws {
    let lines = safeDirectories.map { "\tdirectory = \"\($0)\"\n" }
    try Data("[safe]\n\(lines.joined())".utf8).write(to: URL(fileURLWithPath: GitSandbox.home + "/.gitconfig"))
  }

  @Test(arguments: [[], ["/elsewhere"], ["*", ""], ["/else/*"]])
  func `A repository of another user is refused with the command that allows it`(safeDirectories: [String]) throws {
    try configure(safeDirectories)
    defer { try? configure([]) }
    let path = sandbox.path("repository")
    let error = #expect(throws: GitError.self) { try GitRepository.discover(from: path + "/a", environment: environment) }
    #expect(error == .dubiousOwnership(path: path))
    #expect(error?.description.contains("git config --global --add safe.directory \(path)") == true)
  }

  @Test(arguments: ["PATH", "PATH/", "*", "PARENT/*"])
  func `It is accepted as git accepts it`(pattern: String) throws {
    let entry = pattern.replacingOccurrences(of: "PATH", with: sandbox.path("repository"))
      .replacingOccurrences(of: "PARENT", with: sandbox.root)
    try configure([entry])
    defer { try? configure([]) }
    #expect(try GitRepository.discover(from: sandbox.path("repository/a"), environment: environment)?.trackedFiles().files.count == 2)
    try configure([])
    #expect(throws: GitError.dubiousOwnership(path: sandbox.path("repository"))) {
      try GitRepository.discover(from: sandbox.path("repository"), environment: environment)
    }
  }

  @Test(arguments: ["GLOBAL", "COUNT"])
  func `It is accepted where a variable says so`(source: String) throws {
    var variables = ["GIT_CONFIG_NOSYSTEM": "1"]
    if source == "GLOBAL" {
      try sandbox.write("[safe]\n\tdirectory = *\n", to: "global")
      variables["GIT_CONFIG_GLOBAL"] = sandbox.path("global")
    } else {
      variables.merge(["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"]) { $1 }
    }
    let repository = try GitRepository.discover(from: sandbox.path("repository"), environment: GitEnvironment(variables))
    #expect(try repository?.trackedFiles().files.count == 2)
  }

  @Test func `The repository's own configuration has no say`() throws {
    try sandbox.write("[core]\n\trepositoryformatversion = 0\n[safe]\n\tdirectory = *\n", to: "repository/.git/config")
    #expect(throws: GitError.dubiousOwnership(path: sandbox.path("repository"))) {
      try GitRepository.discover(from: sandbox.path("repository"), environment: environment)
    }
  }
}
