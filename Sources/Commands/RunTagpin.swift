import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs the command line of this process and ends it with the command's exit code.
package func runTagpin() async {
  #if os(Linux)
    // Swift reads the arguments there. Where it cannot, their number is whatever stood in memory: at times none, so that every command, `check` too,
    // would be help and succeed.
    guard access("/proc/self/cmdline", R_OK) == 0 else {
      StandardStream.writeError("tagpin: error: cannot read the command line: '/proc' is not mounted\n")
      exit(2)
    }
  #endif
  let arguments = GuardedCommand.split(Array(CommandLine.arguments.dropFirst()))
  await GuardedCommand.$current.withValue(arguments.command) { await TagpinCommand.main(arguments.own) }
}
