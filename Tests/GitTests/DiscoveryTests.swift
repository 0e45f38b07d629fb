import Foundation
import Git
import Testing

@Suite struct DiscoveryTests {
  let sandbox: GitSandbox

  init() throws {
    sandbox = try GitSandbox()
  }

  @Test(arguments: ["", "/a", "/a/f.yaml", "/.git", "/a/../a"])
  func `A repository is found from its top, a directory in it and a file in it`(below: String) throws {
    try sandbox.makeRepository()
    let repository = try #require(try GitRepository.discover(from: sandbox.path("repository") + below))
    #expect(repository.workDirectory == sandbox.path("repository"))
    #expect(repository.gitDirectory == sandbox.path("repository/.git"))
  }

  @Test func `A directory in no repository has none`() throws {
    #expect(try GitRepository.discover(from: sandbox.root) == nil)
  }

  @Test func `A path that does not exist is missing, not outside`() {
    let path = sandbox.path("none")
    #expect(throws: GitError.missing(path: path)) { try GitRepository.discover(from: path) }
  }

  @Test(arguments: ["", "/"]) func `The search stops at a ceiling`(_ end: String) throws {
    try sandbox.makeRepository()
    let environment = GitEnvironment(["GIT_CEILING_DIRECTORIES": "/elsewhere:" + sandbox.path("repository") + end])
    #expect(try GitRepository.discover(from: sandbox.path("repository/a"), environment: environment) == nil)
    #expect(try GitRepository.discover(from: sandbox.path("repository/a")) != nil)
  }

  @Test func `A link is resolved: the work tree has its real path`() throws {
    try sandbox.makeRepository()
    try FileManager.default.createSymbolicLink(atPath: sandbox.path("link"), withDestinationPath: "repository")
    #expect(try GitRepository.discover(from: sandbox.path("link/a"))?.workDirectory == sandbox.path("repository"))
  }

  @Test func `A linked work tree is its own work tree with its own index`() throws {
    try sandbox.makeRepository()
    try sandbox.git("worktree", "add", "-q", "../linked", in: "repository")
    try sandbox.git("rm", "-q", "b.yaml", in: "linked")
    let repository = try #require(try GitRepository.discover(from: sandbox.path("linked/a")))
    #expect(repository.workDirectory == sandbox.path("linked"))
    #expect(try repository.trackedFiles().files.map(\.path) == ["a/f.yaml"])
  }

  @Test(arguments: ["relativeWorktrees", "preciousObjects", "partialClone"])
  func `Extensions that change nothing about reading are accepted`(name: String) throws {
    try sandbox.makeRepository()
    try sandbox.git("config", "core.repositoryFormatVersion", "1", in: "repository")
    try sandbox.git("config", "extensions.\(name)", "true", in: "repository")
    #expect(try GitRepository.discover(from: sandbox.path("repository"))?.trackedFiles().files.count == 2)
  }

  @Test func `An unknown extension is an error that repeats libgit2's reason`() throws {
    try sandbox.makeRepository()
    try sandbox.git("config", "core.repositoryFormatVersion", "1", in: "repository")
    try sandbox.write(
      try String(contentsOfFile: sandbox.path("repository/.git/config"), encoding: .utf8) + "[extensions]\n\tshape = round\n",
      to: "repository/.git/config")
    let error = #expect(throws: GitError.self) { try GitRepository.discover(from: sandbox.path("repository")) }
    guard case .cannotOpen(sandbox.path("repository"), let reason) = error else { Issue.record("\(String(describing: error))"); return }
    #expect(reason.message.contains("shape"))
  }

  @Test func `The work tree of a submodule is right although sparse checkout moved core.worktree away`() throws {
    try sandbox.makeRepository("inner")
    try sandbox.makeRepository("outer", files: ["c.yaml"])
    try sandbox.git("submodule", "--quiet", "add", sandbox.path("inner"), "m", in: "outer")
    try sandbox.git("sparse-checkout", "set", "a", in: "outer/m")
    let repository = try #require(try GitRepository.discover(from: sandbox.path("outer/m")))
    #expect(repository.workDirectory == sandbox.path("outer/m"))
    let fromVariables = try GitRepository.discover(
      from: sandbox.path("outer/m"), environment: GitEnvironment(["GIT_DIR": sandbox.path("outer/.git/modules/m")]))
    #expect(fromVariables?.workDirectory == sandbox.path("outer/m"))
  }

  @Test func `A repository with SHA-256 objects says so, from its top and from a linked work tree`() throws {
    try sandbox.makeRepository(objectFormat: "sha256")
    try sandbox.git("worktree", "add", "-q", "../linked", in: "repository")
    for directory in ["repository", "linked"] {
      let error = #expect(throws: GitError.self) { try GitRepository.discover(from: sandbox.path(directory)) }
      #expect(error == .unsupportedObjectFormat(path: sandbox.path(directory), format: "sha256"))
      #expect(error?.description.contains("git ls-files") == true)
    }
  }

  @Test(arguments: ["gitdir: /nowhere", "gitdir: /usr", "nonsense", ""])
  func `A .git file that leads nowhere is an error, not 'no repository'`(text: String) throws {
    try sandbox.makeRepository()
    try sandbox.write(text, to: "repository/m/.git")
    let error = #expect(throws: GitError.self) { try GitRepository.discover(from: sandbox.path("repository/m")) }
    switch error {
    case .brokenGitFile(let path): #expect(path == sandbox.path("repository/m/.git"))
    case .cannotOpen(let path, _): #expect(path == sandbox.path("repository/m"))
    default: Issue.record("\(String(describing: error))")
    }
  }

  @Test func `GIT_DIR wins over the search, relative to where it starts`() throws {
    try sandbox.makeRepository("one")
    try sandbox.makeRepository("two")
    let environment = GitEnvironment(["GIT_DIR": "../two/.git"])
    #expect(try GitRepository.discover(from: sandbox.path("one"), environment: environment)?.workDirectory == sandbox.path("two"))
    let nothing = GitEnvironment(["GIT_DIR": sandbox.path("one/a")])
    #expect(throws: GitError.self) { try GitRepository.discover(from: sandbox.path("two"), environment: nothing) }
  }

  @Test func `GIT_WORK_TREE gives a bare repository a work tree`() throws {
    try sandbox.makeRepository()
    try sandbox.git("clone", "-q", "--bare", "repository", "bare")
    try sandbox.git("--work-tree=\(sandbox.path("repository"))", "read-tree", "HEAD", in: "bare")
    let environment = GitEnvironment(["GIT_DIR": "../bare", "GIT_WORK_TREE": "."])
    let repository = try #require(try GitRepository.discover(from: sandbox.path("repository"), environment: environment))
    #expect(repository.workDirectory == sandbox.path("repository"))
    #expect(try repository.trackedFiles().files.count == 2)
  }

  @Test func `A separate git directory knows its work tree from the search, and takes the current one from GIT_DIR`() throws {
    try sandbox.makeRepository()
    try sandbox.git("clone", "-q", "--separate-git-dir=\(sandbox.path("separate"))", "repository", "tree")
    #expect(try GitRepository.discover(from: sandbox.path("tree/a"))?.workDirectory == sandbox.path("tree"))
    let environment = GitEnvironment(["GIT_DIR": sandbox.path("separate")])
    #expect(try GitRepository.discover(from: sandbox.path("tree"), environment: environment)?.workDirectory == sandbox.path("tree"))
  }

  @Test(arguments: [false, true])
  func `A bare repository is found and has no files`(movedByWorktreeConfig: Bool) throws {
    try sandbox.makeRepository()
    try sandbox.git("clone", "-q", "--bare", "repository", "bare")
    if movedByWorktreeConfig {
      try sandbox.git("worktree", "add", "-q", "../linked", "main", in: "bare")
      try sandbox.git("sparse-checkout", "set", "a", in: "linked")
      #expect(try GitRepository.discover(from: sandbox.path("linked"))?.workDirectory == sandbox.path("linked"))
    }
    let repository = try #require(try GitRepository.discover(from: sandbox.path("bare")))
    #expect(repository.workDirectory == nil)
    #expect(throws: GitError.bare(path: sandbox.path("bare"))) { try repository.trackedFiles() }
  }
}
