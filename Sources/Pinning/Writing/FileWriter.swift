import Interruption
import SystemPackage

/// Writes many files as one: each is its old bytes or its new ones at any moment, and all of them or none unless told otherwise.
///
/// Every new file is made complete beside the old one and takes its place by a rename, after all of them are on the disk and all
/// originals have been compared with what was read. Permissions stay, owner and group where permitted; access control lists and extended
/// attributes do not. A process killed in between leaves temporary files behind, which `removeLeftovers` takes away; one that a signal asks
/// to end takes them away itself, and has replaced all files or none (`Interruption`).
package struct FileWriter: Sendable {
  /// Called before each step. An error lets the step fail.
  package typealias Hook = @Sendable (Step) throws(SystemError) -> Void

  private let beforeStep: Hook
  fileprivate let tree: SourceTree?

  /// What leads out of `tree` is not written.
  package init(in tree: SourceTree? = nil, beforeStep: @escaping Hook = { _ in }) {
    self.tree = tree
    self.beforeStep = beforeStep
  }

  /// Carries the changes out, in their order. Those that change nothing are passed over.
  ///
  /// Raises the process's limit of open files while it runs, if that is too low for so many files.
  ///
  /// - Parameter keepGoing: what fails is left out and the rest is written. Otherwise the first failure ends it, and files already
  ///   replaced are put back.
  package func write(_ changes: [FileChange], keepGoing: Bool = false) -> WriteOutcome {
    var run = WriteRun(writer: self, keepGoing: keepGoing)
    run.locate(changes.filter { $0.originalBytes != $0.newBytes })
    guard run.goesOn else { return run.outcome }
    let limit = DescriptorLimit(raisedFor: run.replacements.count)
    defer { limit.restore() }
    Self.removeLeftovers(inDirectories: Set(run.replacements.map(\.directory)))

    // Written first and synced afterwards: the file system takes many files to the disk at once.
    run.each(stoppingAtFirstFailure: true) { replacement, step throws(WriteError) in try replacement.prepare(step) }
    run.each(stoppingAtFirstFailure: true) { replacement, step throws(WriteError) in
      try step(.sync(path: replacement.change.path))
      try replacement.sync()
    }
    run.each(stoppingAtFirstFailure: false) { replacement, step throws(WriteError) in
      try step(.compare(path: replacement.change.path))
      try replacement.compare()
    }
    Interruption.delayed {
      run.replaceAll()
      run.finish()
    }
    return run.outcome
  }

  fileprivate func step(_ step: Step) throws(WriteError) {
    StopPoint.reach(step.name)
    do throws(SystemError) {
      try beforeStep(step)
    } catch {
      throw .failed(step, error)
    }
  }
}

/// The state of one call of `write`.
private struct WriteRun {
  let writer: FileWriter
  let keepGoing: Bool
  /// Those that have not failed. Each file once, whatever paths lead to it.
  var replacements: [Replacement] = []
  /// Further paths of a file, by its real one.
  var aliases: [FilePath: [String]] = [:]
  /// By index in `replacements`, what has the new bytes now.
  var replaced: [Int] = []
  var isRolledBack = false
  var outcome = WriteOutcome()

  init(writer: FileWriter, keepGoing: Bool) {
    self.writer = writer
    self.keepGoing = keepGoing
  }

  var goesOn: Bool { keepGoing || outcome.failures.isEmpty }

  mutating func locate(_ changes: [FileChange]) {
    var positions: [FilePath: Int] = [:]
    for change in changes {
      do throws(WriteError) {
        try writer.step(.locate(path: change.path))
        let replacement = try Replacement(change, in: writer.tree)
        let target = replacement.target
        if let position = positions[target] {
          let other = replacements[position].change
          guard other.newBytes == change.newBytes, other.originalBytes == change.originalBytes else {
            throw .conflictingChanges(path: change.path, other: other.path)
          }
          aliases[target, default: []].append(change.path)
        } else {
          positions[target] = replacements.count
          replacements.append(replacement)
        }
      } catch {
        outcome.failures.append(error)
      }
    }
  }

  /// Takes one step for every file. Those that fail are left out from here on; if one fails and that is to end it, all are.
  mutating func each(
    stoppingAtFirstFailure: Bool,
    _ body: (inout Replacement, (FileWriter.Step) throws(WriteError) -> Void) throws(WriteError) -> Void
  ) {
    guard goesOn else { return }
    var remaining: [Replacement] = []
    remaining.reserveCapacity(replacements.count)
    for var replacement in replacements {
      do throws(WriteError) {
        try body(&replacement, writer.step)
        remaining.append(replacement)
      } catch {
        replacement.discard()
        outcome.failures.append(error)
        if stoppingAtFirstFailure, !keepGoing { break }
      }
    }
    replacements = remaining
  }

  mutating func replaceAll() {
    guard goesOn else { return }
    for index in replacements.indices {
      do throws(WriteError) {
        try writer.step(.replace(path: replacements[index].change.path))
        try replacements[index].replace()
        replaced.append(index)
      } catch {
        outcome.failures.append(error)
        guard keepGoing else { return restoreAll() }
      }
    }
  }

  /// The last one first, so that what is replaced is the beginning of the list at any time.
  private mutating func restoreAll() {
    var remaining: [Int] = []
    for index in replaced.reversed() {
      let replacement = replacements[index]
      do throws(WriteError) {
        do throws(WriteError) {
          try writer.step(.restore(path: replacement.change.path))
        } catch {
          guard case .failed(_, let reason) = error else { throw error }
          throw .notRestored(path: replacement.change.path, reason)
        }
        try replacement.restore()
        outcome.restored += paths(of: replacement)
      } catch {
        outcome.failures.append(error)
        remaining.append(index)
      }
    }
    outcome.restored.reverse()
    isRolledBack = true
    syncDirectories(of: replaced)
    replaced = remaining.reversed()
  }

  mutating func finish() {
    for index in replacements.indices { replacements[index].discard() }
    if !isRolledBack { syncDirectories(of: replaced) }
    for index in replaced {
      let replacement = replacements[index]
      outcome.written += paths(of: replacement)
      if replacement.status.linkCount > 1 { outcome.notes.append(.brokenHardLink(path: replacement.change.path)) }
      if !replacement.isOwnerKept { outcome.notes.append(.ownerNotKept(path: replacement.change.path)) }
    }
  }

  private func paths(of replacement: Replacement) -> [String] {
    [replacement.change.path] + (aliases[replacement.target] ?? [])
  }

  /// So that the renames survive a power failure.
  private mutating func syncDirectories(of indices: [Int]) {
    for directory in Set(indices.map { replacements[$0].directory }).sorted(by: { $0.string < $1.string }) {
      do throws(WriteError) {
        try writer.step(.syncDirectory(path: directory.string))
        do throws(SystemError) {
          try DirectoryListing.sync(directory)
        } catch {
          throw .failed(.syncDirectory(path: directory.string), error)
        }
      } catch {
        outcome.failures.append(error)
      }
    }
  }
}
