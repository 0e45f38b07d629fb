import Foundation
import Git
import HTTP
import Testing

/// Bare repositories below one directory, as a server has them.
struct RemoteRepositories {
  let sandbox: GitSandbox

  /// Where they lie.
  var root: String { sandbox.path("served") }

  init() throws {
    sandbox = try GitSandbox()
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  /// One with lightweight, annotated and nested tags, tags and branches of one name, and a ref of a pull request. Gives its commits, the
  /// oldest first.
  @discardableResult
  func add(_ name: String, objectFormat: String = "sha1") throws -> [String] {
    let original = try (objectFormat == "sha1" ? Self.sha1 : Self.sha256).get()
    let path = URL(fileURLWithPath: "\(root)/\(name)")
    try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: URL(fileURLWithPath: original.path), to: path)
    return original.commits
  }

  /// Made once for all tests: each copies it.
  private struct Original: Sendable {
    var path: String
    var commits: [String]
    private let sandbox: GitSandbox

    init(objectFormat: String) throws {
      sandbox = try GitSandbox()
      try sandbox.makeRepository("work", objectFormat: objectFormat)
      for command in [
        ["tag", "v1"], ["commit", "-q", "--allow-empty", "-m", "two"], ["tag", "-a", "-m", "annotated", "v2"],
        ["-c", "advice.nestedTag=false", "tag", "-a", "-m", "nested", "v2-nested", "v2"],
        ["commit", "-q", "--allow-empty", "-m", "three"], ["branch", "v1"], ["branch", "release/x"], ["tag", "v1.2"],
        ["update-ref", "refs/pull/1/head", "HEAD"],
      ] { try sandbox.run(["git"] + command, in: "work") }
      commits = try sandbox.git("rev-list", "--reverse", "HEAD", in: "work").split(separator: "\n").map(String.init)
      try sandbox.git("clone", "-q", "--mirror", "work", "bare.git")
      path = sandbox.path("bare.git")
    }
  }

  private static let sha1 = Result { try Original(objectFormat: "sha1") }
  private static let sha256 = Result { try Original(objectFormat: "sha256") }

  /// Many tags on one commit, without a program run for each.
  func addMany(_ name: String, tags count: Int) throws -> String {
    try sandbox.makeRepository("many")
    try sandbox.git("clone", "-q", "--bare", "many", "served/\(name)")
    let commit = try sandbox.git("rev-parse", "HEAD", in: "many").trimmingCharacters(in: .newlines)
    let lines = (0..<count).map { "\(commit) refs/tags/v\($0)\n" }.sorted().joined()
    try sandbox.write(
      "# pack-refs with: peeled fully-peeled sorted \n\(commit) refs/heads/main\n\(lines)", to: "served/\(name)/packed-refs")
    return commit
  }
}

/// Lists refs over a transport of its own, closed afterwards.
func withRemotes<Result>(
  _ configuration: GitConfiguration = GitConfiguration(), credentials: GitCredentials = GitCredentials(),
  environment: [String: String] = [:], timeout: Duration = .seconds(60), options change: (inout HTTPTransport.Options) -> Void = { _ in },
  body: (GitRemotes) async throws -> Result
) async throws -> Result {
  var options = HTTPTransport.Options(userAgent: "tests")
  change(&options)
  let transport = HTTPTransport(options)
  let remotes = GitRemotes(
    transport: transport, configuration: configuration, credentials: credentials, environment: environment, timeout: timeout)
  do {
    let result = try await body(remotes)
    await transport.shutdown()
    return result
  } catch {
    await transport.shutdown()
    throw error
  }
}

/// What a listing fails with.
func failure(of remotes: GitRemotes, _ url: String, prefixes: [String] = ["refs/tags/v1"]) async -> GitRemoteError? {
  do throws(GitRemoteError) {
    _ = try await remotes.references(of: url, prefixes: prefixes)
    return nil
  } catch { return error }
}
