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

  /// One with lightweight, annotated and nested tags, tags and branches of one name, and a ref of a pull request. Gives its commits, the oldest first.
  @discardableResult
  func add(_ name: String, objectFormat: String = "sha1") throws -> [String] {
    let work = "work-\(UUID().uuidString)"
    try sandbox.makeRepository(work, objectFormat: objectFormat)
    try sandbox.git("tag", "v1", in: work)
    try sandbox.git("commit", "-q", "--allow-empty", "-m", "two", in: work)
    try sandbox.git("tag", "-a", "-m", "annotated", "v2", in: work)
    try sandbox.git("-c", "advice.nestedTag=false", "tag", "-a", "-m", "nested", "v2-nested", "v2", in: work)
    try sandbox.git("commit", "-q", "--allow-empty", "-m", "three", in: work)
    try sandbox.git("branch", "v1", in: work)
    try sandbox.git("branch", "release/x", in: work)
    try sandbox.git("tag", "v1.2", in: work)
    try sandbox.git("update-ref", "refs/pull/1/head", "HEAD", in: work)
    let commits = try sandbox.git("rev-list", "--reverse", "HEAD", in: work).split(separator: "\n").map(String.init)
    try sandbox.git("clone", "-q", "--mirror", work, "served/\(name)")
    return commits
  }

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
