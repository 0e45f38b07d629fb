import HTTP

/// Where the server of a repository shows its commits: `https://git.test/acme/shop/commit/ID`, as GitHub, GitLab, Gitea and Forgejo have
/// it; Bitbucket says `commits`.
package struct CommitPages: Hashable, Sendable {
  private let base: String

  /// Of the remote that a push would go to. nil where that is not on a server, or cannot be read.
  package init?(of repository: GitRepository, environment: [String: String]) {
    guard let configuration = try? PushTarget.configuration(of: repository, environment),
      let url = PushTarget.usual(configuration, "HEAD").flatMap({ configuration.value("remote", subsection: $0, "url") })
    else { return nil }
    // A mirror on this machine, which git is told to use in its place, shows no commits.
    guard let pages = CommitPages(remoteURL: configuration.rewriting(url)) ?? CommitPages(remoteURL: url) else { return nil }
    self = pages
  }

  /// - Parameter remoteURL: as `git remote` has it. Neither user nor password is kept.
  init?(remoteURL: String) {
    let host: String
    let path: Substring
    var scheme = "https"
    switch try? GitRemoteURL(remoteURL) {
    case .http(let url, _, _)?:
      (scheme, host, path) = (url.scheme.rawValue, url.authority, url.path[...])
    case .ssh(let text, let address)?:
      let rest = text.hasPrefix("ssh://") ? text.dropFirst("ssh://".count).drop { $0 != "/" } : text.drop { $0 != ":" }.dropFirst()
      // The port is that of ssh.
      (host, path) = (String(address.prefix { $0 != ":" }), rest)
    case .directory?, nil: return nil
    }
    let name = path.hasSuffix(".git") ? path.dropLast(".git".count) : path
    let kind = host == "bitbucket.org" ? "commits" : "commit"
    base = "\(scheme)://\(host)\(name.hasPrefix("/") ? "" : "/")\(name)/\(kind)/"
  }

  package func address(of commit: String) -> String { base + commit }
}
