import CLibgit2
import Interruption
import LibC
import SystemPackage

/// A commit that can be made: everything that could be refused about the repository has been looked at, and nothing is written yet.
///
/// The way: `init` before any work is done, `check` of each file once its new bytes are known, `draft` before the first file is
/// written, `CommitDraft.land` when all of them are. One thread at a time may use it, as the repository.
package final class CommitPlan {
  let repository: GitRepository
  let request: CommitRequest
  package let author: CommitIdentity
  package let committer: CommitIdentity
  private let configuration: GitConfiguration
  let target: CommitTarget
  let parent: git_oid
  private let tree: OpaquePointer
  private let index: OpaquePointer
  private let trustsModes: Bool
  private let conversions: ConversionSettings?

  deinit {
    git_tree_free(tree)
    git_index_free(index)
  }

  /// Refuses, among others, a repository without a commit, with a merge in progress, with a lock, and a commit by nobody.
  package init(in repository: GitRepository, _ request: CommitRequest) throws(CommitError) {
    self.repository = repository
    self.request = request
    do throws(GitError) {
      configuration = try GitConfiguration.read(environment: request.variables, repository: repository)
    } catch { throw .unusable(error) }
    let identities = IdentitySource(variables: request.variables, configuration: configuration, author: request.author)
    author = try identities.identity(.author)
    committer = try identities.identity(.committer)
    try repository.checkState()
    target = try CommitTarget(in: repository, branch: request.branch, moves: request.movesBranch)
    parent = target.parent
    trustsModes = configuration.flag("core", "filemode") ?? true
    conversions = try ConversionSettings(configuration, of: repository, variables: request.variables)

    var index: OpaquePointer?
    do throws(GitError.LibraryError) {
      try GitLibrary.check(git_index_open(&index, repository.indexPath))
    } catch { throw .unusable(.unreadableIndex(path: repository.indexPath, error)) }
    guard let index else { throw .overtaken(what: "the index") }
    self.index = index
    do throws(CommitError) {
      tree = try Self.tree(of: target.parent, in: repository)
    } catch {
      git_index_free(index)
      throw error
    }
    if let path = Self.firstConflict(in: index) { throw .unmerged(path: path) }
  }

  /// The short name of the branch that the commit will be on; nil where HEAD is detached.
  package var branch: String? { target.branchName }

  private static func tree(of commit: git_oid, in repository: GitRepository) throws(CommitError) -> OpaquePointer {
    var commit = commit
    var handle: OpaquePointer?
    try GitRepository.check("read the commit of HEAD", git_commit_lookup(&handle, repository.handle, &commit))
    defer { git_commit_free(handle) }
    var tree: OpaquePointer?
    try GitRepository.check("read the files of HEAD", git_commit_tree(&tree, handle))
    guard let tree else { throw .unbornHead }
    return tree
  }

  private static func firstConflict(in index: OpaquePointer) -> String? {
    guard git_index_has_conflicts(index) == 1 else { return nil }
    for position in 0..<git_index_entrycount(index) {
      guard let entry = git_index_get_byindex(index, position) else { continue }
      if git_index_entry_stage(entry) > 0 { return String(cString: entry.pointee.path) }
    }
    return nil
  }

  // MARK: Files

  /// What is known of a file that can be committed.
  package struct CheckedFile {
    /// From the root of the work tree.
    package var path: String
    /// No symbolic link in it.
    var realPath: FilePath
    var newBytes: [UInt8]
    let conversion: BlobConversion
    var mode: UInt32
    /// What the index has for it.
    var indexed: git_oid
    /// HEAD has just this: only changes that were not committed are taken back.
    package var isInHead = false
  }

  /// Whether this file can be committed, and nothing but what the run changes in it.
  package func check(_ file: CommitFile) throws(CommitError) -> CheckedFile {
    guard let resolved = realpath(file.path, nil) else { throw .lastSystemError("find '\(file.path)'") }
    defer { free(resolved) }
    let realPath = FilePath(platformString: resolved)
    var pathInRepository = realPath
    guard let root = repository.workDirectory, pathInRepository.removePrefix(FilePath(root)) else { throw .outside(path: file.path) }
    let path = pathInRepository.string
    guard let entry = git_index_get_bypath(index, path, 0)?.pointee else { throw .untracked(path: path) }
    guard UInt32(entry.flags_extended) & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue == 0 else { throw .sparse(path: path) }
    let conversion = try BlobConversion(of: path, in: repository)
    var mode = entry.mode
    if trustsModes {
      let status = try CommitError.attempt("look at '\(path)'") { try Stat(realPath, followTargetSymlink: false) }
      mode = status.permissions.contains(.ownerExecute) ? GIT_FILEMODE_BLOB_EXECUTABLE.rawValue : GIT_FILEMODE_BLOB.rawValue
    }
    if !request.allowsUncommittedChanges {
      let original = try conversion.id(of: file.originalBytes)
      guard isInHead(path, entry.id, entry.mode), mode == entry.mode, Self.isSame(original, entry.id) else {
        throw .uncommittedChanges(path: path)
      }
    }
    var checked = CheckedFile(
      path: path, realPath: realPath, newBytes: file.newBytes, conversion: conversion, mode: mode, indexed: entry.id)
    // Otherwise HEAD has the original.
    if request.allowsUncommittedChanges { checked.isInHead = isInHead(path, try conversion.id(of: file.newBytes), mode) }
    return checked
  }

  private func isInHead(_ path: String, _ id: git_oid, _ mode: UInt32) -> Bool {
    var head: OpaquePointer?
    guard git_tree_entry_bypath(&head, tree, path) == 0, let head else { return false }
    defer { git_tree_entry_free(head) }
    return git_tree_entry_filemode(head).rawValue == mode && Self.isSame(git_tree_entry_id(head).pointee, id)
  }

  static func isSame(_ one: git_oid, _ other: git_oid) -> Bool {
    var (one, other) = (one, other)
    return git_oid_equal(&one, &other) != 0
  }

  // MARK: Objects

  /// Writes the objects of the commit, which nothing refers to yet, and signs it. So what may still fail afterwards is little.
  package func draft(_ files: [CheckedFile], message: String) async throws(CommitError) -> CommitDraft {
    var blobs: [git_oid] = []
    blobs.reserveCapacity(files.count)
    for file in files { blobs.append(try file.conversion.create(file.newBytes)) }
    StopPoint.reach("blobs-written")
    let tree = try tree(with: files, blobs)
    let content = try content(tree: tree, message: message)
    var signature: String?
    if request.isSigned ?? configuration.flag("commit", "gpgsign") ?? false {
      signature = try await CommitSigner(
        configuration, directory: repository.workDirectory ?? repository.gitDirectory, committer: committer, variables: request.variables
      ).signature(of: content)
    }
    var id = git_oid()
    try GitRepository.check(
      "write the commit", git_commit_create_with_signature(&id, repository.handle, content, signature, signature == nil ? nil : "gpgsig"))
    return CommitDraft(
      plan: self, id: id, subject: CommitDraft.subject(of: message), files: zip(files, blobs).map { .init(file: $0, blob: $1) })
  }

  private func tree(with files: [CheckedFile], _ blobs: [git_oid]) throws(CommitError) -> git_oid {
    // libgit2 keeps the pointers until it has made the tree.
    let paths = files.map { strdup($0.path) }
    defer { for path in paths { free(path) } }
    let updates = files.indices.map { index in
      git_tree_update(
        action: GIT_TREE_UPDATE_UPSERT, id: blobs[index], filemode: git_filemode_t(rawValue: files[index].mode), path: paths[index])
    }
    var id = git_oid()
    try GitRepository.check(
      "write the tree of the commit", git_tree_create_updated(&id, repository.handle, tree, updates.count, updates))
    return id
  }

  /// What is hashed and signed.
  private func content(tree id: git_oid, message: String) throws(CommitError) -> String {
    let doing = "write the commit"
    var (treeID, parentID) = (id, parent)
    var tree: OpaquePointer?
    try GitRepository.check(doing, git_tree_lookup(&tree, repository.handle, &treeID))
    defer { git_tree_free(tree) }
    var parent: OpaquePointer?
    try GitRepository.check(doing, git_commit_lookup(&parent, repository.handle, &parentID))
    defer { git_commit_free(parent) }
    let (author, committer) = (try Signature(author), try Signature(committer))
    var parents = [parent]
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    try GitRepository.check(
      doing,
      git_commit_create_buffer(&buffer, repository.handle, author.pointer, committer.pointer, nil, message, tree, parents.count, &parents))
    return String(decoding: UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size), as: UTF8.self)
  }
}

/// An identity as libgit2 takes it.
final class Signature {
  private(set) var pointer: UnsafeMutablePointer<git_signature>?

  init(_ identity: CommitIdentity) throws(CommitError) {
    try GitRepository.check(
      "commit as '\(identity.description)'",
      git_signature_new(&pointer, identity.name, identity.email, identity.time.seconds, identity.time.offsetMinutes))
  }

  deinit { git_signature_free(pointer) }
}
