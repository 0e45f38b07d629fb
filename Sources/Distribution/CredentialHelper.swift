import Documents
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// A program `docker-credential-NAME` that keeps credentials (docker-credential-helpers, "Development").
struct CredentialHelper: Sendable {
  let name: String
  /// The file that names it, for messages.
  let file: String
  let environment: [String: String]
  let timeout: Duration

  private static let outputLimit = 1 << 20

  /// What the program holds for that registry; nil where it says that it has nothing.
  func credential(for registry: String) async throws(CredentialError) -> Credential? {
    let answer = try await run(key: CredentialKey.helperKey(for: registry), registry: registry)
    let text = String(decoding: answer.output, as: UTF8.self).trimmingASCIISpace
    guard answer.isSuccess else {
      if text == "credentials not found in native keychain" { return nil }
      let words = ServerText.shown(text) ?? ServerText.shown(String(decoding: answer.errorOutput, as: UTF8.self))
      throw .helperFailed(helper: program, registry: registry, reason: words ?? "it ended with \(answer.status)")
    }
    guard let object = Node.jsonObject(answer.output) else { throw problem(registry, "its answer is not a JSON object") }
    guard let user = object["Username"]?.jsonString else { throw problem(registry, "its answer has no 'Username'") }
    guard let secret = object["Secret"]?.jsonString, !secret.isEmpty else { throw problem(registry, "its answer has no 'Secret'") }
    return Credential(user: user, secret: Secret(secret))
  }

  private var program: String { "docker-credential-\(name)" }

  private func problem(_ registry: String, _ problem: String) -> CredentialError {
    .helperAnswer(helper: program, registry: registry, problem: problem)
  }

  private struct Answer: Sendable {
    var output: [UInt8]
    var errorOutput: [UInt8]
    var isSuccess: Bool
    var status: String
  }

  private func run(key: String, registry: String) async throws(CredentialError) -> Answer {
    let first = await withTaskGroup(of: Result<Answer, CredentialError>?.self) { group in
      group.addTask { await self.answer(key: key, registry: registry) }
      group.addTask { [timeout] in
        try? await Task.sleep(for: timeout)
        return nil
      }
      // Cancelling the group kills the program; the group ends when it is gone.
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
    guard let first else { throw .helperTimeout(helper: program, registry: registry, seconds: Int(timeout.components.seconds)) }
    return try first.get()
  }

  private func answer(key: String, registry: String) async -> Result<Answer, CredentialError> {
    var options = PlatformOptions()
    // A session of its own: whatever the program starts is killed with it, and nothing can ask at the terminal.
    options.createSession = true
    options.teardownSequence = [.send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))]
    do {
      let result = try await Subprocess.run(
        .name(program), arguments: ["get"],
        environment: .custom(Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
        platformOptions: options, input: .fileDescriptor(try Self.filledPipe(key), closeAfterSpawningProcess: true),
        output: .bytes(limit: Self.outputLimit), error: .bytes(limit: Self.outputLimit))
      return .success(
        Answer(
          output: result.standardOutput, errorOutput: result.standardError, isSuccess: result.terminationStatus.isSuccess,
          status: result.terminationStatus.description))
    } catch let error as SubprocessError where error.code == .executableNotFound {
      return .failure(.helperMissing(helper: program, registry: registry, file: file))
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      return .failure(problem(registry, "its answer is longer than \(Self.outputLimit) bytes"))
    } catch {
      return .failure(.helperFailed(helper: program, registry: registry, reason: ServerText.shown("\(error)") ?? "it did not run"))
    }
  }

  /// The reading end of a pipe that already holds the text and its end. Writing while the program runs would end in SIGPIPE or EPIPE if it does not read.
  private static func filledPipe(_ text: String) throws -> FileDescriptor {
    let pipe = try FileDescriptor.pipe()
    do {
      defer { try? pipe.writeEnd.close() }
      // Names of registries are far shorter than the 4 KiB that every pipe takes without a reader.
      try pipe.writeEnd.writeAll(Array("\(text)\n".utf8.prefix(4096)))
      return pipe.readEnd
    } catch {
      try? pipe.readEnd.close()
      throw error
    }
  }
}

extension String {
  fileprivate var trimmingASCIISpace: String {
    var bytes = utf8[...]
    while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return String(Substring(bytes))
  }
}
