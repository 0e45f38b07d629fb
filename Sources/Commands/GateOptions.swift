import ArgumentParser
import Configuration
import Rules

/// From where on a finding makes a command fail.
struct SeverityOptions: ParsableArguments {
  @Option(
    help: "Exit with 1 from this severity on: error, warning or note.", completion: Choice<Severity>.completion,
    transform: Choice<Severity>.parse)
  var severity: Severity = .error
}

/// What makes a command fail that looks for what is not pinned.
struct GateOptions: ParsableArguments {
  @Flag(help: "Take warnings for errors.") var strict = false
  @OptionGroup var threshold: SeverityOptions

  @Option(
    help: ArgumentHelp("Let pass what this file lists: the findings that are known.", valueName: "file"), completion: .file())
  var baseline: String?

  @Flag(help: "Write the file of --baseline, so that it lists what is found now, and exit with 0.") var updateBaseline = false

  @Option(
    help: ArgumentHelp(
      "Let pass what is on lines that did not change since HEAD's history left this commit's, branch's or tag's.",
      valueName: "revision"))
  var since: String?

  mutating func validate() throws {
    guard updateBaseline else { return }
    if baseline == nil { throw ValidationError("--update-baseline needs --baseline FILE: the file to write") }
    if since != nil { throw ValidationError("--update-baseline lists all that is found: leave --since out") }
  }
}
