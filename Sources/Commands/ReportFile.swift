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
    do throws(Errno) { try OutputFile.write(text, to: path) } catch { throw .unreadable("cannot write the report to '\(path)': \(error)") }
  }
}

/// A file that a command was told to write.
enum OutputFile {
  /// Replaces what it held. One that `isNew` must not be there yet.
  static func write(_ text: String, to path: String, isNew: Bool = false) throws(Errno) {
    guard let file = fopen(path, isNew ? "wx" : "w") else { throw Errno(rawValue: errno) }
    let isWritten = text.isEmpty || text.withCString { fputs($0, file) } >= 0
    let isFlushed = fflush(file) == 0
    let failure = Errno(rawValue: errno)
    fclose(file)
    if !isWritten || !isFlushed { throw failure }
  }
}
