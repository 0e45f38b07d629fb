import HTTP

/// Who may be told what: the credentials for git servers. Helpers are asked once for each server.
package actor GitCredentials {
  private let tokens: GitTokens
  private let helper: GitCredentialHelper?
  private var answers: [Key: Task<Result<GitCredential?, GitCredentialError>, Never>] = [:]
  /// Those that a server took after it had refused: the next request brings it along.
  private var proven: [Key: GitCredential] = [:]

  /// One question to the helpers.
  private struct Key: Hashable {
    var origin: HTTPURL.Origin
    var user: String?
    /// nil unless `credential.useHttpPath` is set somewhere.
    var path: String?
  }

  package init(tokens: GitTokens, helper: GitCredentialHelper? = nil) {
    self.tokens = tokens
    self.helper = helper
  }

  /// Nothing for nobody.
  package init() { self.init(tokens: GitTokens(environment: [:], servers: [])) }

  /// What is sent to that server with the first request.
  func first(for url: HTTPURL, user: String?, usesPath: Bool) throws(GitCredentialError) -> GitCredential? {
    try tokens.token(for: url.origin) ?? proven[key(url, user, usesPath)]
  }

  /// What is tried next where the server refused that, in order, each once.
  func next(
    for url: HTTPURL, user: String?, usesPath: Bool, after refused: [GitCredential]
  ) async throws(GitCredentialError) -> GitCredential? {
    if let token = try tokens.tokenAfterRefusal(for: url.origin), !refused.contains(token) { return token }
    guard let helper else { return nil }
    let key = key(url, user, usesPath)
    let answer = answers[key] ?? Task { await Self.ask(helper, url, user) }
    answers[key] = answer
    let credential = try await answer.value.get()
    return credential.flatMap { refused.contains($0) ? nil : $0 }
  }

  /// That server took it.
  func keep(_ credential: GitCredential, for url: HTTPURL, user: String?, usesPath: Bool) {
    if (try? tokens.tokenAfterRefusal(for: url.origin)) == credential { return }
    proven[key(url, user, usesPath)] = credential
  }

  private func key(_ url: HTTPURL, _ user: String?, _ usesPath: Bool) -> Key {
    Key(origin: url.origin, user: user, path: usesPath ? url.path : nil)
  }

  private static func ask(
    _ helper: GitCredentialHelper, _ url: HTTPURL, _ user: String?
  ) async -> Result<GitCredential?, GitCredentialError> {
    do throws(GitCredentialError) {
      return .success(try await helper.credential(for: url, user: user))
    } catch {
      return .failure(error)
    }
  }
}
