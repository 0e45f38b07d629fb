import Dialects
import Pinning
import References
import Reporting
import Verifying

/// What one of the commands over files is asked for. What a command does not have stays as it is here.
struct FileRequest {
  let command: Report.Command
  let files: FileOptions
  let output: OutputOptions
  /// nil where nobody is asked.
  var network: ConnectionOptions?
  /// nil where nothing is rewritten.
  var rewriting: RewriteOptions?
  /// nil where no commit is asked for.
  var committing: CommitOptions?
  /// The form of pins, where the command line says it.
  var form: PinForm?
  var platform: Platform?
  var expandsVersions = false
  /// What makes it fail; nil but for a gate.
  var gate: GateOptions?
  /// nil but for `verify`.
  var verifying: VerifyOptions?

  init(_ command: Report.Command, _ files: FileOptions, _ output: OutputOptions) {
    self.command = command
    self.files = files
    self.output = output
  }

  /// Standard output is the result alone, or a report that somebody reads as a whole.
  var leavesRoomForGitHub: Bool { output.format == .text && !files.readsStandardInput }
}
