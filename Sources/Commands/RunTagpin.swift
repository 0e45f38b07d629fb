import ArgumentParser

/// Runs the command line of this process and ends it with the command's exit code.
package func runTagpin() async { await TagpinCommand.main() }
