import FoundationEssentials
import Pinning

/// `--baseline FILE`: the findings that are known.
struct BaselineFile {
  /// As the command line names it.
  private let path: String
  private let absolutePath: String

  init(_ path: String, _ environment: Environment) {
    self.path = path
    absolutePath = Paths.absolute(path, from: environment.workingDirectory)
  }

  /// Lets pass what the file lists.
  func apply(to report: inout Report, lookingAt isLookedAt: (String) -> Bool) throws(Workspace.Failure) {
    guard let baseline = try read() else {
      throw .unreadable("cannot read the baseline '\(path)': there is no such file; --update-baseline writes it")
    }
    report.pass(baseline, lookingAt: isLookedAt)
  }

  /// Writes the file, so that it lists all that was found. What it is to a run that found the same is what the report says then.
  func update(by report: inout Report, _ messages: Messages, lookingAt isLookedAt: (String) -> Bool) throws(Workspace.Failure) {
    let old = try read() ?? Baseline()
    let new = Baseline(of: report, keeping: old, lookingAt: isLookedAt)
    try OutputFile.write(new.text, to: absolutePath, as: "baseline", named: path)
    var before = report
    before.pass(old, lookingAt: isLookedAt)
    if let change = before.baseline { messages.note("wrote '\(path)': \(change.new) added, \(change.gone) taken away") }
    report.pass(new, lookingAt: isLookedAt)
  }

  /// nil where there is none. What is not a baseline is not overwritten either.
  private func read() throws(Workspace.Failure) -> Baseline? {
    guard FileManager.default.fileExists(atPath: absolutePath) else { return nil }
    let bytes: [UInt8]
    do throws(ReadError) { bytes = try FileReader.read(absolutePath) } catch {
      throw .unreadable("cannot read the baseline '\(path)': \(error)")
    }
    do throws(Baseline.LineError) { return try Baseline(bytes) } catch {
      throw .malformed(at: "\(path):\(error.line)", error.problem)
    }
  }
}
