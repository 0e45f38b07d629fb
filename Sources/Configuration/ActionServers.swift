/// Where the repositories of actions are asked for their refs. nil is the service's own public server.
package struct ActionServers: Hashable, Sendable {
  /// For GitHub Actions.
  package var github: ActionServer?
  /// For GitLab's CI components.
  package var gitlab: ActionServer?

  package init(github: ActionServer? = nil, gitlab: ActionServer? = nil) {
    self.github = github
    self.gitlab = gitlab
  }
}

/// One place that has repositories of actions.
package enum ActionServer: Hashable, Sendable {
  case web(BaseURL)
  /// An absolute path: a directory of repositories, `owner/repo` in it.
  case directory(String)

  /// Reads `https://…`, `http://…` of a loopback host, or, from the user's own configuration, `file:///…`.
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
