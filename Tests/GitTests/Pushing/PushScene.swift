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
  init() throws {
    scene = try CommitScene()
    try scene.sandbox.git("clone", "-q", "--bare", scene.sandbox.path("repository"), remote)
    try scene.sandbox.git("config", "http.receivepack", "true", in: "served/remote.git")
    try scene.git("remote", "add", "origin", "file://\(remote)")
    try scene.git("fetch", "-q")
  }

  /// Pushes HEAD to the branch of that name.
  @discardableResult
  func push(_ branch: String = "main", to name: String? = nil, replaces: Bool = false) async throws -> Bool {
    if try scene.git("branch", "--show-current").trimmed != branch { try scene.git("branch", "-f", branch) }
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
      result = .success(try await push.push(try head(), of: repository, to: target))
    } catch { result = .failure(error) }
    await transport.shutdown()
    return try result.get()
  }

  private func head() throws(PushError) -> String { (try? scene.git("rev-parse", "HEAD").trimmed) ?? "" }

  /// A commit by somebody else at the remote.
  func commitElsewhere(_ branch: String = "main", message: String = "elsewhere") throws {
    let other = scene.sandbox.path("other")
    if !FileManager.default.fileExists(atPath: other) { try scene.sandbox.git("clone", "-q", remote, other) }
    try scene.sandbox.git("commit", "-q", "--allow-empty", "-m", message, in: "other")
    try scene.sandbox.git("push", "-q", "origin", "HEAD:refs/heads/\(branch)", in: "other")
  }

  func remoteCommit(_ branch: String) throws -> String? {
    let text = try scene.sandbox.git("for-each-ref", "--format=%(objectname)", "refs/heads/\(branch)", in: "served/remote.git").trimmed
    return text.isEmpty ? nil : text
  }

  /// The remote has HEAD's commit there, is sound, and what is known of it here has followed.
  func expectPushed(_ branch: String = "main", sourceLocation: SourceLocation = #_sourceLocation) throws {
    let head = try scene.git("rev-parse", "HEAD").trimmed
    #expect(try remoteCommit(branch) == head, sourceLocation: sourceLocation)
    #expect(try scene.sandbox.git("fsck", "--strict", "--no-dangling", in: "served/remote.git") == "", sourceLocation: sourceLocation)
    #expect(try scene.git("rev-parse", "refs/remotes/origin/\(branch)").trimmed == head, sourceLocation: sourceLocation)
  }

  func serving(_ settings: GitBackend.Settings = GitBackend.Settings(), _ body: (GitBackend) async throws -> Void) async throws {
    try await GitBackend.serving(scene.sandbox.path("served"), settings) { backend in
      try scene.git("remote", "set-url", "origin", "\(backend.url)/remote.git")
      try await body(backend)
    }
  }
}
