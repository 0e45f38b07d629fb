import HTTP

/// Tokens for git servers from the environment, each for the server it belongs to and for no other.
package struct GitTokens: Sendable {
  private struct Entry: Sendable {
    var origin: HTTPURL.Origin
    var credential: GitCredential
  }

  /// In the order in which they count.
  private var first: [Entry] = []
  private var afterRefusal: [Entry] = []

  /// - Parameters:
  ///   - environment: `TAGPIN_GIT_TOKEN`, `GITHUB_TOKEN`, `GH_TOKEN` and `GITHUB_SERVER_URL`, `CI_JOB_TOKEN` and `CI_SERVER_URL` are read.
  ///   - servers: where `TAGPIN_GIT_TOKEN` is for. None that only the repository's own configuration names.
  package init(environment: [String: String], servers: [HTTPURL]) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    func origin(_ name: String) -> HTTPURL.Origin? { value(name).flatMap { try? HTTPURL(parsing: $0) }?.origin }

    if let token = value("TAGPIN_GIT_TOKEN") {
      let credential = GitCredential(user: Self.anyUser, secret: Secret(token), source: "TAGPIN_GIT_TOKEN")
      first += servers.map { Entry(origin: $0.origin, credential: credential) }
    }
    // Where a server's URL cannot be read, its token must not go to another one.
    let github = value("GITHUB_SERVER_URL") == nil ? HTTPURL(scheme: .https, host: "github.com").origin : origin("GITHUB_SERVER_URL")
    for name in ["GITHUB_TOKEN", "GH_TOKEN"] {
      guard let github, let token = value(name) else { continue }
      first.append(Entry(origin: github, credential: GitCredential(user: Self.anyUser, secret: Secret(token), source: name)))
    }
    // A job's token reads only projects that allow it, and is refused where it need not be sent: at public projects.
    if let gitlab = origin("CI_SERVER_URL"), let token = value("CI_JOB_TOKEN") {
      let credential = GitCredential(user: "gitlab-ci-token", secret: Secret(token), source: "CI_JOB_TOKEN")
      afterRefusal.append(Entry(origin: gitlab, credential: credential))
    }
  }

  /// GitHub's name for whoever has a token. GitLab, Gitea and Forgejo take any.
  private static let anyUser = "x-access-token"

  /// What is sent to that server at once.
  func token(for origin: HTTPURL.Origin) throws(GitCredentialError) -> GitCredential? { try Self.usable(first, origin) }

  /// What is sent to that server after it has refused.
  func tokenAfterRefusal(for origin: HTTPURL.Origin) throws(GitCredentialError) -> GitCredential? { try Self.usable(afterRefusal, origin) }

  private static func usable(_ entries: [Entry], _ origin: HTTPURL.Origin) throws(GitCredentialError) -> GitCredential? {
    guard let credential = entries.first(where: { $0.origin == origin })?.credential else { return nil }
    guard credential.secret.isHeaderSafe else { throw .unusable(source: credential.source) }
    return credential
  }
}
