import ArgumentParser
import LibC
import Reporting

/// Runs the command line of this process and ends it with the command's exit code.
package func runTagpin() async {
  #if os(Linux)
    // Swift reads the arguments there. Where it cannot, their number is whatever stood in memory: at times none, so that every command,
    // `check` too, would be help and succeed.
    guard access("/proc/self/cmdline", R_OK) == 0 else {
      StandardStream.writeError("tagpin: error: cannot read the command line: '/proc' is not mounted\n")
      exit(2)
    }
  #endif
  if let problem = Environment.current.clockProblem {
    RunError(problem).write()
    exit(64)
  }
  let arguments = GuardedCommand.split(Array(CommandLine.arguments.dropFirst()))
  exit(await GuardedCommand.$current.withValue(arguments.command) { await run(arguments.own) })
}

/// As ArgumentParser's own `main`, but what it says of the arguments goes where all messages go: others may have written them. Returns the
/// code to exit with.
private func run(_ arguments: [String]) async -> Int32 {
  do {
    try TagpinCommand.checkWords(of: arguments)
    var command = try await TagpinCommand.asyncParseAsRoot(arguments)
    if var asynchronous = command as? any AsyncParsableCommand {
      try await asynchronous.run()
    } else {
      try command.run()
    }
    return 0
  } catch {
    let code = TagpinCommand.exitCode(for: error)
    if code == .validationFailure, !(error is ExitCode) {
      let usage = UsageMessage(error, arguments)
      RunError(usage.problem, help: usage.help).write()
      return code.rawValue
    }
    let text = TagpinCommand.fullMessage(for: error)
    if !text.isEmpty {
      // Help, the version and completion scripts are this program's own words.
      code.isSuccess ? StandardStream.writeOutput(Array((text + "\n").utf8)) : StandardStream.writeError(text.visibleLines + "\n")
    }
    return code.rawValue
  }
}
