import Foundation
import Git
import HTTP
import ServersForTests
import Testing

/// A clone of a bare repository, from which branches are pushed.
struct PushScene {
  var scene: CommitScene
  /// The bare repository.
  var remote: String { scene.sandbox.path("served/remote.git") }
  var environment = CommitScene.variables
  var timeout: Duration = .seconds(30)

  /// `repository` is a clone with one commit, `remote.git` what it was cloned from.
  static func make() async throws -> PushScene {
    let made = PushScene(scene: try await CommitScene.make())
    let (scene, remote) = (made.scene, made.remote)
    try await scene.sandboxGit("clone", "-q", "--bare", scene.sandbox.path("repository"), remote)
    try await scene.sandboxGit("config", "http.receivepack", "true", in: "served/remote.git")
    try await scene.git("remote", "add", "origin", "file://\(remote)")
    try await scene.git("fetch", "-q")
    return made
  }

  /// Pushes HEAD to the branch of that name.
  @discardableResult
  func push(_ branch: String = "main", to name: String? = nil, replaces: Bool = false) async throws -> Bool {
    if try await scene.git("branch", "--show-current").trimmed != branch { try await scene.git("branch", "-f", branch) }
    let head = try await scene.git("rev-parse", "HEAD").trimmed
    let repository = try #require(try GitRepository.discover(from: scene.sandbox.path(scene.directory)))
    let target = try PushTarget(of: repository, to: name, branch: branch, replaces: replaces, environment: environment)
    var options = HTTPTransport.Options(userAgent: "git/2", environment: environment)
    options.requestTimeout = timeout
    options.retry.budget = .zero
    let transport = HTTPTransport(options)
    let credentials = GitCredentials(tokens: GitTokens(environment: environment, servers: target.server.map { [$0] } ?? []))
    let push = GitPush(transport: transport, credentials: credentials, environment: environment, timeout: timeout, agent: "test")
    let result: Result<Bool, PushError>
    do throws(PushError) {
      result = .success(try await push.push(head, of: repository, to: target))
    } catch { result = .failure(error) }
    await transport.shutdown()
    return try result.get()
  }

  /// A commit by somebody else at the remote.
  func commitElsewhere(_ branch: String = "main", message: String = "elsewhere") async throws {
    let other = scene.sandbox.path("other")
    if !FileManager.default.fileExists(atPath: other) { try await scene.sandboxGit("clone", "-q", remote, other) }
    try await scene.sandboxGit("commit", "-q", "--allow-empty", "-m", message, in: "other")
    try await scene.sandboxGit("push", "-q", "origin", "HEAD:refs/heads/\(branch)", in: "other")
  }

  func remoteCommit(_ branch: String) async throws -> String? {
    let text = try await scene.sandboxGit("for-each-ref", "--format=%(objectname)", "refs/heads/\(branch)", in: "served/remote.git").trimmed
    return text.isEmpty ? nil : text
  }

  /// The remote has HEAD's commit there, is sound, and what is known of it here has followed.
  func expectPushed(_ branch: String = "main", sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let head = try await scene.git("rev-parse", "HEAD").trimmed
    #expect(try await remoteCommit(branch) == head, sourceLocation: sourceLocation)
    #expect(try await scene.sandboxGit("fsck", "--strict", "--no-dangling", in: "served/remote.git") == "", sourceLocation: sourceLocation)
    #expect(try await scene.git("rev-parse", "refs/remotes/origin/\(branch)").trimmed == head, sourceLocation: sourceLocation)
  }

  func serving(_ settings: GitBackend.Settings = GitBackend.Settings(), _ body: (GitBackend) async throws -> Void) async throws {
    try await GitBackend.serving(scene.sandbox.path("served"), settings) { backend in
      try await scene.git("remote", "set-url", "origin", "\(backend.url)/remote.git")
      try await body(backend)
    }
  }
}
