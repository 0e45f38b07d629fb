import Programs

/// Signs a commit as git would: with the program and the key that git's configuration names (git-config, `gpg.format` and the settings
/// beside it).
struct CommitSigner {
  private let key: String?
  private let format: Format
  private let program: InteractiveProgram
  private let defaultKeyCommand: String?
  private let committer: CommitIdentity
  private let configuration: GitConfiguration

  private enum Format: String {
    case openpgp, x509, ssh
  }

  init(_ configuration: GitConfiguration, directory: String, committer: CommitIdentity, variables: [String: String]) throws(CommitError) {
    let name = configuration.value("gpg", "format") ?? Format.openpgp.rawValue
    guard let format = Format(rawValue: name) else { throw .unknownSigningFormat(name) }
    self.format = format
    self.committer = committer
    self.configuration = configuration
    key = configuration.value("user", "signingkey").flatMap { $0.isEmpty ? nil : $0 }
    defaultKeyCommand = configuration.value("gpg", subsection: "ssh", "defaultkeycommand")
    let own = configuration.value("gpg", subsection: format.rawValue, "program")
    let path =
      switch format {
      case .openpgp: own ?? configuration.value("gpg", "program") ?? "gpg"
      case .x509: own ?? "gpgsm"
      case .ssh: own ?? "ssh-keygen"
      }
    program = InteractiveProgram(configuration.expanded(path), environment: variables, directory: directory)
  }

  /// The signature, without a line ending after it.
  func signature(of content: String) async throws(CommitError) -> String {
    let scratch = try ScratchDirectory()
    let file = try scratch.write(Array(content.utf8), to: "commit")
    let signature =
      switch format {
      case .openpgp, .x509: try await signatureOfGPG(file)
      case .ssh: try await signatureOfSSH(file, scratch)
      }
    var bytes = signature.filter { $0 != 0x0D }
    while bytes.last == 0x0A { bytes.removeLast() }
    guard !bytes.isEmpty else { throw .signing(program: program.name, reason: "gave no signature") }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func signatureOfGPG(_ file: String) async throws(CommitError) -> [UInt8] {
    let result = try await run(program, ["--status-fd=2", "-bsau", key ?? committer.description], inputFile: file)
    // Its exit code alone is not enough: see gpg-interface.c.
    guard result.isSuccess, "\n\(String(decoding: result.errorOutput, as: UTF8.self))".contains("\n[GNUPG:] SIG_CREATED ") else {
      throw .signing(program: program.name, reason: Self.complaint(result))
    }
    return result.output
  }

  private func signatureOfSSH(_ file: String, _ scratch: ScratchDirectory) async throws(CommitError) -> [UInt8] {
    guard let key = try await sshKey() else { throw .noSigningKey }
    var arguments = ["-Y", "sign", "-n", "git", "-f"]
    if let literal = Self.literalKey(key) {
      // The public key itself: the private one is an agent's.
      arguments += [try scratch.write(Array("\(literal)\n".utf8), to: "key"), "-U"]
    } else {
      arguments.append(configuration.expanded(key))
    }
    let result = try await run(program, arguments + [file])
    guard result.isSuccess else { throw .signing(program: program.name, reason: Self.complaint(result)) }
    do throws(CommitError) { return try scratch.read("commit.sig") } catch {
      throw .signing(program: program.name, reason: Self.complaint(result))
    }
  }

  /// `user.signingkey`, else the first line that `gpg.ssh.defaultKeyCommand` prints, if it is a key.
  private func sshKey() async throws(CommitError) -> String? {
    if let key { return key }
    guard let defaultKeyCommand else { return nil }
    let shell = InteractiveProgram("/bin/sh", environment: program.environment, directory: program.directory)
    let result = try await run(shell, ["-c", defaultKeyCommand])
    guard result.isSuccess else { throw .signing(program: defaultKeyCommand, reason: Self.complaint(result)) }
    let line = String(decoding: result.output.prefix { $0 != 0x0A }, as: UTF8.self)
    return Self.literalKey(line) == nil ? nil : line
  }

  private func run(
    _ program: InteractiveProgram, _ arguments: [String], inputFile: String? = nil
  ) async throws(CommitError) -> BoundedProgram.Answer {
    do throws(InteractiveProgram.Failure) {
      return try await program.run(arguments, inputFile: inputFile)
    } catch {
      switch error {
      case .notFound: throw .signing(program: program.name, reason: "is not there")
      case .notStarted(let reason): throw .signing(program: program.name, reason: "did not run: \(reason)")
      }
    }
  }

  /// Why there is no signature: the last thing it said for people, or how it ended.
  private static func complaint(_ answer: BoundedProgram.Answer) -> String {
    let lines = String(decoding: answer.errorOutput, as: UTF8.self).split(whereSeparator: \.isNewline)
    let words = lines.last { !$0.hasPrefix("[GNUPG:]") && !$0.allSatisfy(\.isWhitespace) }
    return words.map { "says '\($0)'" } ?? (answer.isSuccess ? "gave no signature" : "ended with \(answer.status)")
  }

  private static func literalKey(_ key: String) -> String? {
    if key.hasPrefix("key::") { return String(key.dropFirst("key::".count)) }
    return key.hasPrefix("ssh-") ? key : nil
  }
}
