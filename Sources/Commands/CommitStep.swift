import Configuration
import Git
import HTTP
import Pinning
import Reporting
import Rules
import SourceText

/// The commit at the end of a run. Obstacles are found before anything is written. Its objects are made before the first file is written.
/// It lands when all files are written.
struct CommitStep {
  private let plan: CommitPlan
  private let options: CommitOptions
  private let template: MessageTemplate?
  private let keepsGoing: Bool
  /// nil where nothing is to be pushed.
  private let push: PushStep?
  private var entries: [Entry] = []
  private var draft: CommitDraft?

  private struct Entry {
    /// The path in the report, as bytes: strings would take two spellings of an accent for the same.
    var reportedPath: [UInt8]
    var file: CommitPlan.CheckedFile
  }

  init(
    in repository: GitRepository, _ options: CommitOptions, _ configuration: Configuration, keepsGoing: Bool, timeout: Int,
    _ environment: Environment, _ messages: Messages
  ) throws(Workspace.Failure) {
    self.options = options
    self.keepsGoing = keepsGoing
    template = configuration.commitMessage
    var request = CommitRequest(variables: environment.variablesForCommits)
    request.author = options.author
    request.branch = options.branch
    request.movesBranch = options.forceBranch
    request.allowsUncommittedChanges = options.allowDirty
    request.isSigned = options.sign
    do throws(CommitError) { plan = try CommitPlan(in: repository, request) } catch { throw .unreadable(error.description) }
    guard let destination = options.push else {
      push = nil
      return
    }
    push = try PushStep(
      of: repository, branch: plan.branch, to: destination, replaces: options.forceBranch, timeout: timeout, environment, messages)
  }

  /// Between planning and writing. What fails is in the report, so that nothing is written, or all but the file that cannot be committed.
  mutating func prepare(_ report: inout Report) async {
    guard report.notWritten == nil, report.hasChange else { return }
    do throws(CommitError) {
      guard try check(&report), report.files.contains(where: \.isToBeWritten) else { return }
      if report.isDryRun {
        // Where the run would write nothing there would be no commit.
        guard !report.warnings.contains(where: { $0.rule == .nothingWritten }) else { return }
        report.commit = commit(isNeeded ? .planned : .nothing, report)
        if isNeeded { report.commit?.push = push?.report(.planned) }
      } else if isNeeded {
        draft = try await plan.draft(entries.map(\.file), message: message(report))
      }
    } catch {
      report.notWritten = error.description
    }
  }

  /// False where the files come back to what HEAD has: a commit would be empty.
  private var isNeeded: Bool { !entries.allSatisfy(\.file.isInHead) }

  /// False where a file cannot be committed and that is to end it.
  private mutating func check(_ report: inout Report) throws(CommitError) -> Bool {
    var isRefused = false
    var seen: Set<[UInt8]> = []
    for index in report.files.indices where report.files[index].isToBeWritten {
      guard let change = report.files[index].change else { continue }
      let path = report.files[index].absolutePath
      do throws(CommitError) {
        let file = try plan.check(CommitFile(path: path, originalBytes: change.original.bytes, newBytes: change.bytes))
        // Two paths can lead to one file, by a symbolic link.
        if seen.insert(Array(file.path.utf8)).inserted { entries.append(Entry(reportedPath: Array(path.utf8), file: file)) }
      } catch {
        guard error.isAboutFile else { throw error }
        report.files[index].state = .failed(.notCommitted, problem: error.description, at: nil)
        isRefused = true
      }
    }
    guard isRefused, !keepsGoing else { return true }
    if !report.isDryRun { report.notWritten = "a file cannot be committed; --keep-going writes and commits the rest" }
    return false
  }

  /// After writing.
  mutating func finish(_ report: inout Report) async {
    guard report.hasChange else {
      if !report.hasFailure { report.commit = commit(.nothing, report) }
      return
    }
    let written = Set(report.files.filter { $0.change?.isWritten == true }.map { Array($0.absolutePath.utf8) })
    guard !written.isEmpty else { return }
    guard let draft else {
      report.commit = commit(.nothing, report)
      return
    }
    do throws(CommitError) {
      var landing = draft
      if !entries.allSatisfy({ written.contains($0.reportedPath) }) {
        // Some could not be written after all: the commit is one of the others.
        entries.removeAll { !written.contains($0.reportedPath) }
        landing = try await plan.draft(entries.map(\.file), message: message(report))
      }
      try landing.land()
      report.commit = commit(.made(id: landing.id), report)
    } catch {
      report.commit = commit(.failed(problem: error.description), report)
      return
    }
    if case .made(let id) = report.commit?.outcome { report.commit?.push = await push?.push(id) }
  }

  private func commit(_ outcome: CommitReport.Outcome, _ report: Report) -> CommitReport {
    guard outcome != .nothing else { return CommitReport(outcome, branch: plan.branch, author: plan.author.description) }
    return CommitReport(
      outcome, branch: plan.branch, author: plan.author.description, message: message(report), files: entries.map(\.file.path))
  }

  private func message(_ report: Report) -> String {
    let text = options.message.isEmpty ? CommitMessage(report).text(template) : options.message.joined(separator: "\n\n")
    var trailers = options.trailer.compactMap(MessageText.trailer)
    trailers += report.hurried.map { "Tagpin-Now: \($0.visible)" }
    if options.signoff { trailers.append("Signed-off-by: \(plan.committer.description)") }
    return Secrets.hidden(in: MessageText.adding(trailers, to: text))
  }
}
