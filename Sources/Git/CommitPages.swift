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
    guard let uri = GitRepository.uri(remoteURL), let mark = uri.firstRange(of: "://") else { return nil }
    var scheme = uri[..<mark.lowerBound]
    var host = uri[mark.upperBound...].prefix { $0 != "/" }
    var name = uri[mark.upperBound...].drop { $0 != "/" }
    if scheme == "ssh" {
      // Whoever logs in, and the port, are those of ssh.
      host = (host.split(separator: "@").last ?? host).prefix { $0 != ":" }
      scheme = "https"
    }
    guard scheme.hasPrefix("http") else { return nil }
    while name.hasSuffix("/") { name.removeLast() }
    if name.hasSuffix(".git") { name.removeLast(".git".count) }
    base = "\(scheme)://\(host)\(name)/\(host == "bitbucket.org" ? "commits" : "commit")/"
  }

  package func address(of commit: String) -> String { base + commit }
}
