import CLibgit2
import Interruption

/// A commit whose objects are written and that nothing refers to yet. Left alone, git collects it as garbage some day.
package final class CommitDraft {
  /// A file, and what the commit holds for it.
  struct File {
    var file: CommitPlan.CheckedFile
    var blob: git_oid
  }

  private let plan: CommitPlan
  private let commit: git_oid
  private let subject: String
  private let files: [File]

  init(plan: CommitPlan, id: git_oid, subject: String, files: [File]) {
    self.plan = plan
    commit = id
    self.subject = subject
    self.files = files
  }

  /// In hexadecimal.
  package var id: String { CommitTarget.text(commit) }

  static func subject(of message: String) -> String {
    String(decoding: message.utf8.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// Makes it HEAD's commit and the files clean in the index. If that fails, references and index are as before.
  ///
  /// A new branch comes first, then the index, then HEAD: killed in between, the repository is on its old commit with the changes staged,
  /// and never on the new one with an index that would take them back.
  package func land() throws(CommitError) {
    let references = CommitReferences(plan, commit: commit, subject: subject)
    // Whoever looks at the status writes the index, too: then it is made once more.
    for _ in 0..<5 {
      let index = try NextIndex(plan.repository, files)
      StopPoint.reach("index-prepared")
      var isDone = false
      try CommitSection.undisturbed { () throws(CommitError) in
        guard try index.lock() else { return }
        defer { index.unlock() }
        try exchange(index, references)
        isDone = true
      }
      if isDone { return }
    }
    throw .overtaken(what: "the git index")
  }

  private func exchange(_ index: NextIndex, _ references: CommitReferences) throws(CommitError) {
    StopPoint.reach("index-locked")
    try references.checkHead()
    try references.createBranch()
    do throws(CommitError) {
      try index.replace()
    } catch {
      references.removeBranch()
      throw error
    }
    StopPoint.reach("index-replaced")
    do throws(CommitError) {
      try references.moveHead()
    } catch {
      index.restore()
      references.removeBranch()
      throw error
    }
    StopPoint.reach("head-moved")
  }
}

/// The references that a commit moves.
private struct CommitReferences {
  private let repository: GitRepository
  private let target: CommitTarget
  private let commit: git_oid
  private let subject: String

  init(_ plan: CommitPlan, commit: git_oid, subject: String) {
    repository = plan.repository
    target = plan.target
    self.commit = commit
    self.subject = subject
    git_repository_set_ident(repository.handle, plan.committer.name, plan.committer.email)
  }

  /// HEAD has to be where it was when the run began.
  func checkHead() throws(CommitError) {
    let now = try? CommitTarget(in: repository, branch: nil, moves: false)
    guard let now, now.head == target.head, CommitPlan.isSame(now.parent, target.parent) else { throw .overtaken(what: "HEAD") }
  }

  func createBranch() throws(CommitError) {
    guard let branch = target.newBranch else { return }
    try set(branch, to: commit, from: target.replaced)
  }

  func removeBranch() {
    guard let branch = target.newBranch else { return }
    if let replaced = target.replaced {
      try? set(branch, to: replaced, from: commit)
    } else {
      git_reference_remove(repository.handle, branch)
    }
  }

  func moveHead() throws(CommitError) {
    guard let branch = target.newBranch else { return try set(target.head ?? "HEAD", to: commit, from: target.parent) }
    var reference: OpaquePointer?
    defer { git_reference_free(reference) }
    try GitRepository.check(
      "switch to '\(branch)'",
      git_reference_symbolic_create(
        &reference, repository.handle, "HEAD", branch, 1, "checkout: moving from \(target.headName) to \(target.branchName ?? branch)"))
  }

  /// Fails where the reference has changed meanwhile: it was `from`, or absent.
  private func set(_ name: String, to id: git_oid, from old: git_oid?) throws(CommitError) {
    var reference: OpaquePointer?
    defer { git_reference_free(reference) }
    var id = id
    let message = "commit: \(subject)"
    let status: Int32
    if var old {
      status = git_reference_create_matching(&reference, repository.handle, name, &id, 1, &old, message)
    } else {
      status = git_reference_create(&reference, repository.handle, name, &id, 0, message)
    }
    guard status != GIT_EMODIFIED.rawValue, status != GIT_EEXISTS.rawValue else { throw .overtaken(what: "'\(name)'") }
    try GitRepository.check("move '\(name)' to the new commit", status)
  }
}
