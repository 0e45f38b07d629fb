import Documents
import HTTP
import Programs

/// A program `docker-credential-NAME` that keeps credentials (docker-credential-helpers, "Development").
struct CredentialHelper: Sendable {
  let name: String
  /// The file that names it, for messages.
  let file: String
  let environment: [String: String]
  let timeout: Duration

  private static let outputLimit = 1 << 20

  /// What the program holds for that registry; nil where it says that it has nothing. An empty secret is nothing, too, whatever the user,
  /// as it is for Docker: `docker-credential-pass` of Debian 12 answers so for hosts that it does not know.
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
    guard let secret = object["Secret"]?.jsonString else { throw problem(registry, "its answer has no 'Secret'") }
    if secret.isEmpty { return nil }
    guard !user.isEmpty else { throw problem(registry, "the 'Username' of its answer is empty") }
    return Credential(user: user, secret: Secret(secret))
  }

  private var program: String { "docker-credential-\(name)" }

  private func problem(_ registry: String, _ problem: String) -> CredentialError {
    .helperAnswer(helper: program, registry: registry, problem: problem)
  }

  private func run(key: String, registry: String) async throws(CredentialError) -> BoundedProgram.Answer {
    let helper = BoundedProgram(
      program, ["get"], environment: environment, timeout: timeout, maximumOutputByteCount: Self.outputLimit)
    do throws(BoundedProgram.Failure) {
      return try await helper.run(input: Array("\(key)\n".utf8))
    } catch {
      switch error {
      case .notFound: throw .helperMissing(helper: program, registry: registry, file: file)
      case .timeout: throw .helperTimeout(helper: program, registry: registry, seconds: Int(timeout.components.seconds))
      case .tooMuchOutput(let limit): throw problem(registry, "its answer is longer than \(limit) bytes")
      case .tooMuchInput(let limit): throw problem(registry, "the registry's name is longer than \(limit) bytes")
      case .notStarted(let reason):
        throw .helperFailed(helper: program, registry: registry, reason: ServerText.shown(reason) ?? "it did not run")
      }
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
