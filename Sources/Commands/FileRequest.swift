import Configuration
import Dialects
import Pinning
import References
import Reporting
import Rules
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
  var update = RunOptions.Update.contents
  /// How long what an update moves to has to be known, where the command line says it, and what is moved all the same.
  var minimumAge: Age?
  var exempt: [IgnoreRule.Subject] = []
  /// The least weight of a finding that makes it fail.
  var threshold = Severity.error
  /// Which findings count; nil but for `check`.
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
