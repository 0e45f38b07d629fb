import Foundation
import Git
import HTTP
import ServersForTests
import Testing

/// Clones of one remote that keep files under a reference. A file holds lines; of two files all lines are kept.
struct ReferenceFilesScene {
  static let reference = "refs/tagpin/seen"

  var place: PushScene
  var environment = CommitScene.variables

  static func make() async throws -> ReferenceFilesScene { ReferenceFilesScene(place: try await PushScene.make()) }

  static let merge: ReferenceFiles.Merge = { _, ours, theirs in
    let lines = Set((ours + theirs).split(separator: 10).map { String(decoding: $0, as: UTF8.self) })
    if let line = lines.first(where: { !$0.hasPrefix("{") }) { return .failure(.init(reason: "'\(line)' is no observation")) }
    return .success(Array(lines.sorted().map { $0 + "\n" }.joined().utf8))
  }

  // MARK: Repositories

  @discardableResult
  func git(_ arguments: String..., in directory: String) async throws -> String {
    try await place.scene.run(["git"] + arguments, in: directory)
  }

  /// Of the remote, without that reference.
  func clone(_ name: String, _ options: String...) async throws {
    let url = try await git("remote", "get-url", "origin", in: "repository").trimmed
    try await place.scene.run(["git", "clone", "-q"] + options + [url, place.scene.sandbox.path(name)], in: "")
  }

  func repository(_ name: String) throws -> GitRepository {
    try #require(try GitRepository.discover(from: place.scene.sandbox.path(name)))
  }

  // MARK: Files

  /// Adds a line to a file.
  @discardableResult
  func add(_ line: String, to path: String = "nginx.jsonl", in name: String = "repository") throws -> ReferenceFiles {
    try repository(name).join(
      ReferenceFiles(files: [path: Array("\(line)\n".utf8)]), into: Self.reference, message: "Seen", environment: environment,
      merge: Self.merge)
  }

  func text(_ path: String = "nginx.jsonl", in name: String = "repository") throws -> String? {
    try repository(name).files(of: Self.reference).files[path].map { String(decoding: $0, as: UTF8.self) }
  }

  /// What the remote names there; nil where it has none.
  func remoteObject(_ reference: String = Self.reference) async throws -> String? {
    let text = try await git("for-each-ref", "--format=%(objectname)", reference, in: "served/remote.git").trimmed
    return text.isEmpty ? nil : text
  }

  func remoteText(_ path: String = "nginx.jsonl", _ reference: String = Self.reference) async throws -> String {
    try await git("show", "\(reference):\(path)", in: "served/remote.git")
  }

  /// Puts a commit of these files, made by hand, in the place of the remote's; its name.
  @discardableResult
  func replaceRemote(_ files: [String: String], mode: String = "100644", reference: String = Self.reference) async throws -> String {
    try? FileManager.default.removeItem(atPath: place.scene.sandbox.path("byhand"))
    try await git("init", "-q", "byhand", in: "")
    for (path, text) in files {
      try place.scene.sandbox.write(text, to: "byhand/.content")
      let blob = try await git("hash-object", "-w", ".content", in: "byhand").trimmed
      try await git("update-index", "--add", "--cacheinfo", "\(mode),\(blob),\(path)", in: "byhand")
    }
    let tree = try await git("write-tree", in: "byhand").trimmed
    let commit = try await git("commit-tree", "-m", "by hand", tree, in: "byhand").trimmed
    try await git("push", "-q", "-f", place.remote, "\(commit):\(reference)", in: "byhand")
    return commit
  }

  // MARK: Exchange

  @discardableResult
  func push(_ name: String = "repository") async throws -> ReferenceExchange.Outcome {
    try await exchanging(name) { exchange, repository throws(ReferenceFilesError) in try await exchange.push(from: repository) }
  }

  @discardableResult
  func fetch(_ name: String = "repository") async throws -> ReferenceFiles {
    try await exchanging(name) { exchange, repository throws(ReferenceFilesError) in try await exchange.fetch(into: repository) }
  }

  private func exchanging<Value>(
    _ name: String, _ body: (ReferenceExchange, GitRepository) async throws(ReferenceFilesError) -> Value
  ) async throws -> Value {
    let repository = try repository(name)
    let target = try ReferenceExchange.target(of: Self.reference, in: repository, with: nil, environment: environment)
    var options = HTTPTransport.Options(userAgent: "git/2", environment: environment)
    options.retry.budget = .zero
    let transport = HTTPTransport(options)
    let credentials = GitCredentials(tokens: GitTokens(environment: environment, servers: target.servers))
    let push = GitPush(transport: transport, credentials: credentials, environment: environment, timeout: .seconds(60), agent: "test")
    let exchange = ReferenceExchange(of: Self.reference, over: push, message: "Seen", merge: Self.merge)
    let result: Result<Value, ReferenceFilesError>
    do throws(ReferenceFilesError) { result = .success(try await body(exchange, repository)) } catch { result = .failure(error) }
    await transport.shutdown()
    return try result.get()
  }

  /// Lets the remote refuse references by a hook.
  func refusing(_ pattern: String) throws {
    let hook = "served/remote.git/hooks/update"
    try place.scene.sandbox.write("#!/bin/sh\ncase $1 in \(pattern)) echo 'not here' >&2; exit 1;; esac\n", to: hook)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.scene.sandbox.path(hook))
  }
}
