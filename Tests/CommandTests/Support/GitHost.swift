import Foundation
import ServersForTests

/// A directory of bare git repositories, as a forge or `file://` has them.
struct GitHost {
  let sandbox: Sandbox
  /// Dates make commits that are always the same.
  var environment: [String: String] = [:]
  var directory: String { "\(sandbox.root)/git-host" }

  /// Makes the repository `owner/name.git` with one commit for each tag, in that order, and gives the commits; `main` is at the last one. A
  /// tag that begins with `+` is annotated.
  func make(_ name: String, tags: [String], branches: [String] = []) async throws -> [String: String] {
    let path = "\(directory)/\(name).git"
    let git = sandbox.program("git", in: sandbox.root, environment: environment.merging(["GIT_CONFIG_COUNT": "0"]) { $1 })
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try await git.checked(["-c", "init.defaultBranch=main", "init", "-q", "--bare", path])
    let tree = try await text(git, ["-C", path, "hash-object", "-w", "-t", "tree", "/dev/null"])
    var commits: [String: String] = [:]
    var parent: [String] = []
    for tag in tags {
      let isAnnotated = tag.hasPrefix("+")
      let name = isAnnotated ? String(tag.dropFirst()) : tag
      let commit = try await text(git, ["-C", path, "commit-tree", tree, "-m", name] + parent)
      parent = ["-p", commit]
      commits[name] = commit
      try await git.checked(["-C", path, "tag"] + (isAnnotated ? ["-a", "-m", name] : []) + [name, commit])
      try await git.checked(["-C", path, "update-ref", "refs/heads/main", commit])
      commits["main"] = commit
    }
    for branch in branches { try await git.checked(["-C", path, "update-ref", "refs/heads/\(branch)", "refs/heads/main"]) }
    return commits
  }

  /// Makes a commit behind another one, which only that ref has.
  func commit(_ message: String, to ref: String, after parent: String, of name: String) async throws -> String {
    let git = sandbox.program("git", in: sandbox.root)
    let path = "\(directory)/\(name).git"
    let commit = try await text(git, ["-C", path, "commit-tree", "\(parent)^{tree}", "-m", message, "-p", parent])
    try await git.checked(["-C", path, "update-ref", ref, commit])
    return commit
  }

  /// Moves a tag to where `main` is.
  func move(_ tag: String, of name: String) async throws {
    try await sandbox.program("git", in: sandbox.root).checked(["-C", "\(directory)/\(name).git", "tag", "-f", tag, "refs/heads/main"])
  }

  private func text(_ git: Program, _ arguments: [String]) async throws -> String {
    String(decoding: try await git.checked(arguments), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
