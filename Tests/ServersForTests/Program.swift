import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// What a program that ran to its end left.
package struct Outcome: Sendable {
  /// The exit code; the negative number of the signal that ended it.
  package var status: Int32
  package var output: [UInt8]
  package var errors: [UInt8]

  package var outputText: String { String(decoding: output, as: UTF8.self) }
  package var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// A program of the system, run with an environment of its own. It is killed, with what it started, when its time is over or its task is
/// cancelled.
package struct Program: Sendable {
  /// A path, or a name that is looked up in PATH of `environment`.
  package var name: String
  package var environment: [String: String]
  package var directory: String
  /// Is given what each run with `run` left.
  package var inspect: (@Sendable (_ arguments: [String], Outcome) -> Void)?

  package init(name: String, environment: [String: String] = Self.bareEnvironment, directory: String) {
    self.name = name
    self.environment = environment
    self.directory = directory
  }

  /// Enough to find a program.
  package static let bareEnvironment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]

  package struct Failure: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
  }

  package func run(_ arguments: [String], input: [UInt8] = [], timeout: Duration = .seconds(60)) async throws -> Outcome {
    let outcome = try await withThrowingTaskGroup(of: Outcome?.self) { group in
      group.addTask { try await collect(arguments, input: input) }
      group.addTask {
        try? await Task.sleep(for: timeout)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
    guard let outcome else { throw Failure(description: "'\(command(arguments))' did not end within \(timeout)") }
    inspect?(arguments, outcome)
    return outcome
  }

  /// Standard output of a run that ends well.
  @discardableResult
  package func checked(_ arguments: [String], input: [UInt8] = []) async throws -> [UInt8] {
    let outcome = try await run(arguments, input: input)
    guard outcome.status == 0 else {
      throw Failure(description: "'\(command(arguments))' ended with \(outcome.status): \(outcome.outputText)\(outcome.errorText)")
    }
    return outcome.output
  }

  /// What stands in the log of a program that has ended.
  static let endMark = "\n*** it has ended\n"

  /// Runs the program while `body` does; its output goes to the file `log`.
  package func running<Result>(_ arguments: [String], log: String, while body: () async throws -> Result) async throws -> Result {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        let file = try FileDescriptor.open(
          log, .writeOnly, options: [.create, .append, .closeOnExec], permissions: [.ownerReadWrite])
        defer { try? file.close() }
        _ = try await Subprocess.run(
          executable, arguments: Arguments(arguments), environment: variables, workingDirectory: FilePath(directory),
          platformOptions: Self.options, output: .fileDescriptor(file, closeAfterSpawningProcess: false),
          error: .fileDescriptor(file, closeAfterSpawningProcess: false))
        _ = try? file.writeAll(Array(Self.endMark.utf8))
      }
      defer { group.cancelAll() }
      return try await body()
    }
  }

  /// Kills the program (SIGKILL, it alone) when `moment` has come, unless it has ended before.
  package func runKilled(_ arguments: [String], when moment: @escaping @Sendable () async throws -> Void) async throws -> Outcome {
    try await runSignalled(SIGKILL, arguments, when: moment)
  }

  /// Sends the program, it alone, that signal when `moment` has come, unless it has ended before; then does what comes `afterwards`.
  package func runSignalled(
    _ signal: Int32, _ arguments: [String], when moment: @escaping @Sendable () async throws -> Void,
    afterwards: @escaping @Sendable () -> Void = {}
  ) async throws -> Outcome {
    let result = try await Subprocess.run(
      executable, arguments: Arguments(arguments), environment: variables, workingDirectory: FilePath(directory),
      platformOptions: Self.options, input: .none, output: .discarded, error: .discarded
    ) { execution in
      try await moment()
      try? execution.send(signal: Signal(rawValue: signal))
      afterwards()
    }
    return Outcome(status: Self.status(result.terminationStatus), output: [], errors: [])
  }

  private func collect(_ arguments: [String], input: [UInt8]) async throws -> Outcome {
    let result = try await Subprocess.run(
      executable, arguments: Arguments(arguments), environment: variables, workingDirectory: FilePath(directory),
      platformOptions: Self.options, input: .fileDescriptor(try Self.file(holding: input), closeAfterSpawningProcess: true),
      output: .bytes(limit: 1 << 26), error: .bytes(limit: 1 << 26))
    return Outcome(status: Self.status(result.terminationStatus), output: result.standardOutput, errors: result.standardError)
  }

  /// A file without a name. Writing into a pipe would end this process (SIGPIPE) where the program does not read.
  private static func file(holding bytes: [UInt8]) throws -> FileDescriptor {
    let path = FileManager.default.temporaryDirectory.appending(path: "tagpin-input-\(UUID().uuidString)").path
    let file = try FileDescriptor.open(
      path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: [.ownerReadWrite])
    do {
      try FileManager.default.removeItem(atPath: path)
      try file.writeAll(bytes)
      try file.seek(offset: 0, from: .start)
      return file
    } catch {
      try? file.close()
      throw error
    }
  }

  private var executable: Executable { name.contains("/") ? .path(FilePath(name)) : .name(name) }

  private var variables: Subprocess.Environment {
    .custom(Dictionary(uniqueKeysWithValues: environment.map { (Subprocess.Environment.Key(stringLiteral: $0.key), $0.value) }))
  }

  private func command(_ arguments: [String]) -> String { ([name] + arguments).joined(separator: " ") }

  private static var options: PlatformOptions {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(5))]
    return options
  }

  private static func status(_ status: TerminationStatus) -> Int32 {
    switch status {
    case .exited(let code): code
    case .signaled(let signal): -signal
    }
  }
}
