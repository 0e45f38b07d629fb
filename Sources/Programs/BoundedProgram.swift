import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// Another program, run to its end with a limit on its time and its output. It cannot ask at the terminal, and whatever it started is ended
/// with it.
package struct BoundedProgram: Sendable {
  /// Looked up in PATH of `environment` where it has no slash.
  package var name: String
  package var arguments: [String]
  package var environment: [String: String]
  /// nil for this process's own.
  package var directory: String?
  package var timeout: Duration
  /// Of standard output and standard error each.
  package var maximumOutputByteCount: Int

  /// The longest input: what every pipe takes without a reader.
  package static let maximumInputByteCount = 4096

  package init(
    _ name: String, _ arguments: [String], environment: [String: String], directory: String? = nil, timeout: Duration,
    maximumOutputByteCount: Int = 1 << 20
  ) {
    self.name = name
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.timeout = timeout
    self.maximumOutputByteCount = maximumOutputByteCount
  }

  /// What a program that ended left.
  package struct Answer: Sendable {
    package var output: [UInt8]
    package var errorOutput: [UInt8]
    /// nil where a signal ended it.
    package var exitCode: Int32?
    /// How it ended, in words that are behind "ended with".
    package var status: String

    package var isSuccess: Bool { exitCode == 0 }

    package init(output: [UInt8] = [], errorOutput: [UInt8] = [], exitCode: Int32?, status: String) {
      self.output = output
      self.errorOutput = errorOutput
      self.exitCode = exitCode
      self.status = status
    }
  }

  package enum Failure: Error, Hashable, Sendable {
    case notFound
    case tooMuchOutput(limit: Int)
    case tooMuchInput(limit: Int)
    /// It was killed. Also where the caller was cancelled.
    case timeout
    case notStarted(reason: String)
  }

  package func run(input: [UInt8] = []) async throws(Failure) -> Answer {
    let first = await withTaskGroup(of: Result<Answer, Failure>?.self) { group in
      group.addTask { await self.answer(input) }
      group.addTask { [timeout] in
        try? await Task.sleep(for: timeout)
        return nil
      }
      // Cancelling the group kills the program; the group ends when it is gone.
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
    guard let first else { throw .timeout }
    return try first.get()
  }

  private func answer(_ input: [UInt8]) async -> Result<Answer, Failure> {
    guard input.count <= Self.maximumInputByteCount else { return .failure(.tooMuchInput(limit: Self.maximumInputByteCount)) }
    var options = PlatformOptions()
    // A session of its own: whatever the program starts is killed with it, and nothing can ask at the terminal.
    options.createSession = true
    options.teardownSequence = [.send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))]
    do {
      let result = try await Subprocess.run(
        name.contains("/") ? .path(FilePath(name)) : .name(name), arguments: Arguments(arguments),
        environment: .custom(Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
        workingDirectory: directory.map { FilePath($0) }, platformOptions: options,
        input: .fileDescriptor(try Self.filledPipe(input), closeAfterSpawningProcess: true),
        output: .bytes(limit: maximumOutputByteCount), error: .bytes(limit: maximumOutputByteCount))
      return .success(
        Answer(
          output: result.standardOutput, errorOutput: result.standardError, exitCode: result.terminationStatus.exitCode,
          status: result.terminationStatus.words))
    } catch let error as SubprocessError where error.code == .executableNotFound {
      return .failure(.notFound)
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      return .failure(.tooMuchOutput(limit: maximumOutputByteCount))
    } catch {
      return .failure(.notStarted(reason: "\(error)"))
    }
  }

  /// The reading end of a pipe that already holds the input and its end. Writing while the program runs would end in SIGPIPE or EPIPE if it
  /// does not read.
  private static func filledPipe(_ input: [UInt8]) throws -> FileDescriptor {
    let pipe = try FileDescriptor.pipe()
    do {
      defer { try? pipe.writeEnd.close() }
      try pipe.writeEnd.writeAll(input)
      return pipe.readEnd
    } catch {
      try? pipe.readEnd.close()
      throw error
    }
  }
}
