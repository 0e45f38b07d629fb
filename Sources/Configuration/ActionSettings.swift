/// How actions are pinned, and where their repositories are asked for their refs.
package struct ActionSettings: Hashable, Sendable {
  /// For actions of GitHub, Forgejo and Gitea that are named without a host; nil leaves it to the environment. There is at least one. Each
  /// is asked for what those before it do not have.
  package var github: Configured<[ActionServer]>?
  /// For GitLab's components and projects; nil leaves it to the environment.
  package var gitlab: Configured<ActionServer>?
  /// The repositories of pre-commit's hooks are pinned, too.
  package var pinsPreCommit: Bool
  package var comment: ActionComment
  package var lockFile: LockFileUse

  package init(
    github: Configured<[ActionServer]>? = nil, gitlab: Configured<ActionServer>? = nil, pinsPreCommit: Bool = false,
    comment: ActionComment = .tag, lockFile: LockFileUse = .respect
  ) {
    self.github = github
    self.gitlab = gitlab
    self.pinsPreCommit = pinsPreCommit
    self.comment = comment
    self.lockFile = lockFile
  }
}

/// What the comment beside a pinned action names.
package enum ActionComment: String, CaseIterable, Hashable, Sendable {
  /// The tag that was written: `v4`.
  case tag
  /// The most specific tag of the commit: `v4.2.2`.
  case exact
}

/// What is done with actions that GitHub's lock file lists.
package enum LockFileUse: String, CaseIterable, Hashable, Sendable { case respect, ignore }

/// One place that has repositories of actions.
package enum ActionServer: Hashable, Sendable {
  case web(BaseURL)
  /// An absolute path: a directory of repositories, `owner/repo` in it.
  case directory(String)

  /// Reads `https://…`, `http://…` of a loopback host, or, from a trusted layer, `file:///…`.
  init(parsing text: String, trust: Configuration.Trust) throws(BaseURL.ParseError) {
    if text.lowercased().hasPrefix("file:") {
      guard trust == .user else {
        throw BaseURL.ParseError(description: "'\(text)' is a directory of this machine; \(Configuration.onlyFromUser)")
      }
      guard text.lowercased().hasPrefix("file:///"), !text.utf8.contains(UInt8(ascii: "%")) else {
        throw BaseURL.ParseError(description: "'\(text)': write 'file://' and an absolute path, nothing percent-encoded")
      }
      self = .directory(String(text.dropFirst("file://".count)))
      return
    }
    let url = try BaseURL(parsing: text)
    guard url.scheme == .https || url.authority.isLoopback else {
      throw BaseURL.ParseError(description: "'\(text)' is plain http to another machine; write 'https://'")
    }
    self = .web(url)
  }
}
