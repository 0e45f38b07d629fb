import ArgumentParser
import HTTP
import LibC
import Reporting
import SystemPackage

/// `--report FORMAT=FILE`: a file that takes the report in a format of its own.
struct ReportFile: Sendable {
  let format: ReportFormat
  let path: String

  @Sendable static func parse(_ argument: String) throws -> ReportFile {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw ValidationError("write FORMAT=FILE, the format being one of \(ReportFormat.all.map(\.name).joined(separator: ", "))")
    }
    return ReportFile(format: try ReportFormat.parse(parts[0]), path: parts[1])
  }

  /// Replaces what the file held. A report that is lost fails the run, as one that standard output does not take does.
  func write(_ report: String) throws(Workspace.Failure) {
    // A later step may print it.
    let text = format.isOfCommands ? Secrets.hidden(in: report) : report.fitToShow
    try OutputFile.write(text, to: path, as: "report")
  }
}

/// A file that a command was told to write.
enum OutputFile {
  /// Replaces what it held; one that `isNew` must not be there yet. Messages call it by `what` and by the name that the user gave.
  static func write(_ text: String, to path: String, as what: String, named name: String? = nil, isNew: Bool = false)
    throws(Workspace.Failure)
  {
    guard let code = failure(text, path, isNew) else { return }
    throw .unreadable("cannot write the \(what) to '\(name ?? path)': \(systemMessage(code))")
  }

  private static func failure(_ text: String, _ path: String, _ isNew: Bool) -> Int32? {
    let options: FileDescriptor.OpenOptions = [.create, isNew ? .exclusiveCreate : .truncate, .closeOnExec]
    do {
      let file = try FileDescriptor.open(path, .writeOnly, options: options, permissions: FilePermissions(rawValue: 0o666))
      _ = try file.closeAfter { try file.writeAll(text.utf8) }
      return nil
    } catch { return (error as? Errno)?.rawValue ?? EIO }
  }
}
