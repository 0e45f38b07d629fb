import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// Another program that belongs to this one's terminal: it may ask there, for a passphrase say, for as long as that takes.
package struct InteractiveProgram: Sendable {
  /// Looked up in PATH of `environment` where it has no slash.
  package var name: String
  package var environment: [String: String]
  package var directory: String

  private static let outputLimit = 1 << 20

  package init(_ name: String, environment: [String: String], directory: String) {
    self.name = name
    self.environment = environment
    self.directory = directory
  }

  package enum Failure: Error, Hashable, Sendable {
    case notFound
    case notStarted(reason: String)
  }

  /// With standard input from that file, or from nowhere. A file and not a pipe: writing to a program that does not read it would end in
  /// SIGPIPE.
  package func run(_ arguments: [String], inputFile: String? = nil) async throws(Failure) -> BoundedProgram.Answer {
    let executable: Executable = name.contains("/") ? .path(FilePath(name)) : .name(name)
    let variables = Environment.custom(
      Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }))
    do {
      let input = try FileDescriptor.open(inputFile ?? "/dev/null", .readOnly, options: .closeOnExec)
      let result = try await Subprocess.run(
        executable, arguments: Arguments(arguments), environment: variables, workingDirectory: FilePath(directory),
        input: .fileDescriptor(input, closeAfterSpawningProcess: true), output: .bytes(limit: Self.outputLimit),
        error: .bytes(limit: Self.outputLimit))
      return BoundedProgram.Answer(
        output: result.standardOutput, errorOutput: result.standardError, exitCode: result.terminationStatus.exitCode,
        status: result.terminationStatus.words)
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw .notFound
    } catch {
      throw .notStarted(reason: "\(error)")
    }
  }
}
