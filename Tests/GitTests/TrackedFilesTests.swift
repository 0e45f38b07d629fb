import Foundation
import Git
import Testing

@Suite struct TrackedFilesTests {
  let sandbox: GitSandbox

  init() throws {
    sandbox = try GitSandbox()
  }

  private func tracked(_ directory: String = "repository", environment: GitEnvironment = GitEnvironment()) throws -> TrackedFiles {
    try #require(try GitRepository.discover(from: sandbox.path(directory), environment: environment)).trackedFiles()
  }

  @Test func `Regular files are listed by bytes, links and submodules apart, untracked ones not at all`() throws {
    try sandbox.makeRepository("inner", files: ["x"])
    try sandbox.makeRepository(files: ["B", "a", "a-b", "a/b/é.yaml", "a0", "run.sh"].map { $0 == "a" ? "a/0" : $0 })
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: sandbox.path("repository/run.sh"))
    try FileManager.default.createSymbolicLink(atPath: sandbox.path("repository/link"), withDestinationPath: "B")
    try sandbox.git("submodule", "--quiet", "add", sandbox.path("inner"), "m", in: "repository")
    try sandbox.git("add", ".", in: "repository")
    try sandbox.write("", to: "repository/untracked")
    let listing = try tracked()
    #expect(listing.files.map(\.path) == [".gitmodules", "B", "a-b", "a/0", "a/b/é.yaml", "a0", "run.sh"])
    #expect(listing.files.filter(\.isExecutable).map(\.path) == ["run.sh"])
    #expect(listing.symbolicLinks == ["link"])
    #expect(listing.submodules == ["m"])
    #expect(listing.unusablePaths.isEmpty)
    let program = try sandbox.git("ls-files", "-z", in: "repository").split(separator: "\0").map(String.init)
    #expect(program.filter { $0 != "link" && $0 != "m" } == listing.files.map(\.path))
  }

  @Test func `core.ignorecase does not change the order`() throws {
    try sandbox.makeRepository(files: ["B", "a", "C"])
    try sandbox.git("config", "core.ignorecase", "true", in: "repository")
    #expect(try tracked().files.map(\.path) == ["B", "C", "a"])
  }

  @Test func `What is only in the index counts, what is only in HEAD does not; a file deleted in the work tree is listed`() throws {
    try sandbox.makeRepository(files: ["gone", "kept", "removed"])
    try sandbox.write("", to: "repository/added")
    try sandbox.write("", to: "repository/intended")
    try sandbox.git("add", "added", in: "repository")
    try sandbox.git("add", "-N", "intended", in: "repository")
    try sandbox.git("rm", "-q", "--cached", "removed", in: "repository")
    try FileManager.default.removeItem(atPath: sandbox.path("repository/gone"))
    #expect(try tracked().files.map(\.path) == ["added", "gone", "intended", "kept"])
  }

  @Test func `A new repository and a clone without a checkout have no files`() throws {
    try sandbox.git("init", "-q", "repository")
    #expect(try tracked() == TrackedFiles())
  }

  @Test func `The index is read anew each time`() throws {
    try sandbox.makeRepository(files: ["a"])
    let repository = try #require(try GitRepository.discover(from: sandbox.path("repository")))
    #expect(try repository.trackedFiles().files.count == 1)
    try sandbox.write("", to: "repository/b")
    try sandbox.git("add", "b", in: "repository")
    #expect(try repository.trackedFiles().files.count == 2)
  }

  @Test func `A conflict is one file, whichever sides it has`() throws {
    try sandbox.makeRepository(files: ["both", "deleted", "same"])
    try sandbox.git("checkout", "-q", "-b", "other", in: "repository")
    try sandbox.write("theirs", to: "repository/both")
    try sandbox.write("theirs", to: "repository/deleted")
    try sandbox.git("commit", "-qam", "theirs", in: "repository")
    try sandbox.git("checkout", "-q", "main", in: "repository")
    try sandbox.write("ours", to: "repository/both")
    try sandbox.git("rm", "-q", "deleted", in: "repository")
    try sandbox.git("commit", "-qam", "ours", in: "repository")
    #expect(throws: GitSandbox.Failure.self) { try sandbox.git("merge", "-q", "other", in: "repository") }
    let files = try tracked().files
    #expect(files.map(\.path) == ["both", "deleted", "same"])
    #expect(files.filter(\.isConflicted).map(\.path) == ["both", "deleted"])
  }

  @Test(arguments: [2, 4])
  func `What a sparse checkout leaves out is marked`(indexVersion: Int) throws {
    try sandbox.makeRepository(files: ["a/1", "b/2", "top"])
    try sandbox.git("sparse-checkout", "set", "a", in: "repository")
    try sandbox.git("update-index", "--index-version", "\(indexVersion)", in: "repository")
    let files = try tracked().files
    #expect(files.map(\.path) == ["a/1", "b/2", "top"])
    #expect(files.filter(\.isSkippedInWorkTree).map(\.path) == ["b/2"])
  }

  @Test func `Paths that are not UTF-8 are handed over as bytes`() throws {
    try sandbox.makeRepository(files: ["a"])
    let blob = try sandbox.git("hash-object", "-w", "a", in: "repository").trimmingCharacters(in: .newlines)
    // The shell makes the name: a String cannot hold it, and some file systems cannot either.
    let command = "printf '100644 blob \(blob)\\tcaf\\351.yaml\\n' | git mktree"
    let tree = try sandbox.run(["sh", "-c", command], in: "repository").trimmingCharacters(in: .newlines)
    try sandbox.git("read-tree", tree, in: "repository")
    let listing = try tracked()
    #expect(listing.files.isEmpty)
    #expect(listing.unusablePaths == [Array("caf".utf8) + [0xe9] + Array(".yaml".utf8)])
  }

  @Test(arguments: ["../x.yaml", "a/../x", "/abcd", "a//b", "./a"])
  func `A path that leads out of the tree is not a file of it`(path: String) throws {
    try sandbox.makeRepository(files: [String(repeating: "f", count: path.utf8.count)])
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: sandbox.path("repository/.git/index"))))
    let name = Array(repeating: UInt8(ascii: "f"), count: path.utf8.count)
    let start = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
    bytes.replaceSubrange(start..<start + name.count, with: path.utf8)
    try Data(bytes.dropLast(20)).write(to: URL(fileURLWithPath: sandbox.path("repository/.git/index")))
    let digest = try sandbox.run(["sh", "-c", "(sha1sum || shasum) < .git/index | cut -c1-40"], in: "repository")
    bytes.replaceSubrange(bytes.count - 20..<bytes.count, with: digest.hexBytes)
    try Data(bytes).write(to: URL(fileURLWithPath: sandbox.path("repository/.git/index")))
    do {
      let listing = try tracked()
      #expect(listing.files.isEmpty)
      #expect(listing.unusablePaths == [Array(path.utf8)])
    } catch GitError.unreadableIndex(_, let reason) {
      // libgit2 finds some of them itself.
      #expect(reason.message.contains("invalid entry"))
    }
  }

  @Test func `The index that a hook is given wins`() throws {
    try sandbox.makeRepository(files: ["a", "b"])
    try FileManager.default.copyItem(atPath: sandbox.path("repository/.git/index"), toPath: sandbox.path("repository/.git/next-index.lock"))
    try sandbox.git("rm", "-q", "--cached", "a", in: "repository")
    let environment = GitEnvironment(["GIT_INDEX_FILE": ".git/next-index.lock"])
    #expect(try tracked(environment: environment).files.map(\.path) == ["a", "b"])
    #expect(try tracked().files.map(\.path) == ["b"])
  }

  @Test(arguments: [
    (["update-index", "--split-index"], ["update-index", "--no-split-index", "--force-write-index"]),
    (["sparse-checkout", "set", "--sparse-index", "a"], ["sparse-checkout", "reapply", "--no-sparse-index"]),
  ])
  func `An index that cannot be read is an error with what to do, which helps`(breaking: [String], mending: [String]) throws {
    try sandbox.makeRepository(files: ["a/1", "b/2"])
    try sandbox.run(["git"] + breaking, in: "repository")
    let error = #expect(throws: GitError.self) { try tracked() }
    guard case .unreadableIndex(sandbox.path("repository/.git/index"), _) = error else {
      Issue.record("\(String(describing: error))"); return
    }
    #expect(error?.description.contains(mending.joined(separator: " ")) == true)
    try sandbox.run(["git"] + mending, in: "repository")
    #expect(try tracked().files.count == 2)
  }

  @Test(arguments: [0, 20, 71])
  func `A damaged index is an error`(length: Int) throws {
    try sandbox.makeRepository()
    let path = sandbox.path("repository/.git/index")
    try Data(Data(contentsOf: URL(fileURLWithPath: path)).prefix(length)).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: GitError.self) { try tracked() }
    guard case .unreadableIndex(path, _) = error else { Issue.record("\(String(describing: error))"); return }
  }
}

extension String {
  fileprivate var hexBytes: [UInt8] {
    let digits = Array(trimmingCharacters(in: .whitespacesAndNewlines).utf8)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16) ?? 0 }
  }
}
