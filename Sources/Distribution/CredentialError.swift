/// Why a credential that is configured cannot be used. It never becomes a request without credentials.
package enum CredentialError: Error, Hashable, Sendable {
  case unreadable(file: String, reason: String)
  /// `file` may also be the name of an environment variable.
  case invalidJSON(file: String, position: String, problem: String)
  case invalidValue(file: String, position: String, key: String, problem: String)
  /// An entry that holds something, but nothing that is known here.
  case unsupported(file: String, position: String, key: String)
  /// An environment variable names a file that does not exist.
  case missingFile(variable: String, file: String)
  case invalidHelperName(file: String, key: String, name: String)
  case helperMissing(helper: String, registry: String, file: String)
  case helperTimeout(helper: String, registry: String, seconds: Int)
  /// It ended with a status other than 0, with its own words.
  case helperFailed(helper: String, registry: String, reason: String)
  /// It ended well, but its answer is not the one of a credential helper. The answer itself is never shown.
  case helperAnswer(helper: String, registry: String, problem: String)
  /// The registry takes no credential of this kind.
  case unusable(registry: String, reason: String)
}

extension CredentialError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let file, let reason): "cannot read credentials from \(file): \(reason)"
    case .invalidJSON(let file, let position, let problem): "\(file):\(position): credentials are not valid JSON: \(problem)"
    case .invalidValue(let file, let position, let key, let problem): "\(file):\(position): '\(key)' \(problem)"
    case .unsupported(let file, let position, let key): "\(file):\(position): '\(key)' holds no kind of credential that is supported"
    case .missingFile(let variable, let file): "\(variable) names '\(file)', which does not exist: log in, or unset it"
    case .invalidHelperName(let file, let key, let name): "\(file): '\(name)' in '\(key)' is not the name of a credential helper"
    case .helperMissing(let helper, let registry, let file):
      "the credential helper '\(helper)' for \(registry) is not in PATH: install it, or remove it from \(file)"
    case .helperTimeout(let helper, let registry, let seconds):
      "the credential helper '\(helper)' did not answer for \(registry) within \(seconds) s"
    case .helperFailed(let helper, let registry, let reason): "the credential helper '\(helper)' failed for \(registry): \(reason)"
    case .helperAnswer(let helper, let registry, let problem):
      "the credential helper '\(helper)' gave no credential for \(registry): \(problem)"
    case .unusable(let registry, let reason): "the credential for \(registry) cannot be used: \(reason)"
    }
  }
}

extension CredentialError {
  /// The one that the credential is for, where it is known.
  package var registry: String? {
    switch self {
    case .helperMissing(_, let registry, _), .helperTimeout(_, let registry, _), .helperFailed(_, let registry, _),
      .helperAnswer(_, let registry, _), .unusable(let registry, _):
      registry
    case .unreadable, .invalidJSON, .invalidValue, .unsupported, .missingFile, .invalidHelperName: nil
    }
  }
}
