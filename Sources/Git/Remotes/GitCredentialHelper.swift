import HTTP
import Programs

/// The credential helpers of git's configuration, asked through `git credential fill` (git-credential(1)), which knows them all.
package struct GitCredentialHelper: Sendable {
  /// For messages.
  static let source = "git's credential helpers"

  private let environment: [String: String]
  private let directory: String?
  private let timeout: Duration

  /// - Parameters:
  ///   - environment: of the git program.
  ///   - directory: whose repository's configuration counts; nil for this process's own.
  package init(environment: [String: String], directory: String? = nil, timeout: Duration = .seconds(30)) {
    // Nobody is there to answer a question: neither at a terminal nor at a window.
    self.environment = environment.merging([
      "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": "", "GCM_INTERACTIVE": "never",
    ]) { $1 }
    self.directory = directory
    self.timeout = timeout
  }

  /// What helpers hold for that repository; nil where they have nothing, or git is not installed.
  func credential(for url: HTTPURL, user: String?) async throws(GitCredentialError) -> GitCredential? {
    let host = url.authority
    var question = "protocol=\(url.scheme.rawValue)\nhost=\(host)\npath=\(url.path.drop { $0 == "/" })\n"
    if let user {
      guard user.utf8.allSatisfy({ $0 >= 0x20 }) else { return nil }
      question += "username=\(user)\n"
    }
    let program = BoundedProgram(
      "git", ["credential", "fill"], environment: environment, directory: directory, timeout: timeout, maximumOutputByteCount: 1 << 16)
    do throws(BoundedProgram.Failure) {
      let answer = try await program.run(input: Array("\(question)\n".utf8))
      // Also where nothing is configured: git would ask, and cannot.
      guard answer.isSuccess else { return nil }
      return Self.credential(in: answer.output)
    } catch {
      switch error {
      case .timeout: throw .helperTimeout(host: host, seconds: Int(timeout.components.seconds))
      case .tooMuchOutput(let limit): throw .helperAnswer(host: host, problem: "its answer is longer than \(limit) bytes")
      case .notFound, .notStarted, .tooMuchInput: return nil
      }
    }
  }

  /// From lines `key=value`.
  static func credential(in output: [UInt8]) -> GitCredential? {
    var values: [String: String] = [:]
    for line in output.split(separator: UInt8(ascii: "\n")) {
      guard let text = String(validating: line, as: UTF8.self), let equals = text.firstIndex(of: "=") else { continue }
      values[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    guard let user = values["username"], let password = values["password"], !password.isEmpty else { return nil }
    return GitCredential(user: user, secret: Secret(password), source: source)
  }
}
