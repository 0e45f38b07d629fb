import Configuration
import HTTP
import Programs

/// A program that verifies signatures, called for one rule.
struct SignatureProgram: Sendable {
  var name: String
  /// Before the image's reference.
  var arguments: [String]
  /// As in `SignatureCheck`.
  var signer: String
  /// Where it says how to install it.
  var manual: String
  var reading: @Sendable (BoundedProgram.Answer) -> Reading

  /// What an answer means.
  enum Reading: Hashable, Sendable {
    case verified
    case refused
    /// It found none; another run, with these arguments besides, may.
    case foundNone(lookAgain: [String], where: String)
    /// Nothing is known; in other words than its own, where it did not say why.
    case unknown(String? = nil)
  }

  init(_ signer: SignatureRule.Signer) {
    switch signer {
    case .key(let key): self = .cosign(["--key=\(key.text)"], signer: "the key '\(key.text)'")
    case .identity(let name, let issuer):
      self = .cosign(
        [name.argument("--certificate-identity"), issuer.argument("--certificate-oidc-issuer")], signer: name.words)
    case .notation: self = .notation
    }
  }

  private init(
    _ name: String, _ arguments: [String], signer: String, manual: String, reading: @escaping @Sendable (BoundedProgram.Answer) -> Reading
  ) {
    self.name = name
    self.arguments = arguments
    self.signer = signer
    self.manual = manual
    self.reading = reading
  }

  /// <https://github.com/sigstore/cosign/blob/main/doc/cosign_verify.md> and, for its exit codes, `cosign_exit_codes.md` there. It has none
  /// for bundles that do not match, and ends with 1 as where a registry does not answer.
  private static func cosign(_ arguments: [String], signer: String) -> Self {
    Self(
      "cosign", ["verify"] + arguments, signer: signer, manual: "https://docs.sigstore.dev/cosign/system_config/installation/"
    ) { answer in
      if answer.isSuccess { return .verified }
      if answer.tellsOfNetwork { return .unknown() }
      if answer.exitCode == 10 || answer.says("no signatures found") {
        // What cosign 3 writes, cosign 2 reads only where it is told to.
        return .foundNone(lookAgain: ["--new-bundle-format=true"], where: "bundles, which cosign 2.6 and later read")
      }
      return [12, 13].contains(answer.exitCode) || answer.says("no matching signatures") || answer.says("no matching attestations")
        ? .refused : .unknown()
    }
  }

  /// <https://github.com/notaryproject/notation/blob/main/specs/cmd/verify.md>. Its exit code is 1 for everything, and 0 where a trust
  /// policy skips the image or only logs what it finds.
  private static let notation = Self(
    "notation", ["verify"], signer: "somebody whom Notation's trust policy trusts",
    manual: "https://notaryproject.dev/docs/user-guides/installation/cli/"
  ) { answer in
    if answer.isSuccess {
      if answer.says("Warning: authenticity was set to") || answer.says("Warning: integrity was set to") { return .refused }
      return answer.says("Successfully verified signature for")
        ? .verified : .unknown("it did not say that it verified a signature: its trust policy may skip the image")
    }
    if answer.tellsOfNetwork { return .unknown() }
    return answer.says("no signature is associated with") || answer.says("signature verification failed for all the signatures")
      ? .refused : .unknown()
  }
}

extension SignatureRule.Key {
  /// As cosign takes it.
  fileprivate var text: String {
    switch self {
    case .file(.atPath(let path)), .file(.inRepository(let path)): path
    case .service(let name): name
    }
  }
}

extension SignatureRule.Name {
  fileprivate func argument(_ option: String) -> String {
    switch self {
    case .exactly(let text): "\(option)=\(text)"
    case .matching(let expression): "\(option)-regexp=\(expression)"
    }
  }

  fileprivate var words: String {
    switch self {
    case .exactly(let text): "'\(text)'"
    case .matching(let expression): "an identity that matches '\(expression)'"
    }
  }
}

extension BoundedProgram.Answer {
  fileprivate func says(_ words: String) -> Bool { text.contains(words) }

  /// What Go's programs say where somebody did not answer. A signature that could not be looked at is not a wrong one.
  fileprivate var tellsOfNetwork: Bool {
    [
      "dial tcp", "i/o timeout", "context deadline exceeded", "connection refused", "connection reset", "no such host", "TLS handshake",
      "unexpected EOF", "TOOMANYREQUESTS", "UNAUTHORIZED", "DENIED", "429 Too Many Requests", "503 Service Unavailable", "502 Bad Gateway",
      "504 Gateway Timeout", "500 Internal Server Error",
    ].contains { says($0) }
  }

  private var text: String { String(decoding: output + errorOutput, as: UTF8.self) }

  /// Its error, once and fit to be shown. Cosign says it twice.
  var errorWords: String {
    let lines = String(decoding: errorOutput, as: UTF8.self).split(whereSeparator: \.isNewline)
    let error = lines.firstIndex { $0.hasPrefix("Error: ") }.map { lines[$0...] } ?? lines[...]
    let once = error.prefix { !$0.contains("error during command execution: ") }
    let words = ServerText.shown((once.isEmpty ? error : once).joined(separator: " ")) ?? "it ended with \(status)"
    return words.hasPrefix("Error: ") ? String(words.dropFirst("Error: ".count)) : words
  }
}
