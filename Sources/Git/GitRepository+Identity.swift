import CLibgit2

// Which repository this is, and where it is.
extension GitRepository {
  /// The commit that is checked out; nil where there is none yet.
  package var headCommit: String? { try? commit(named: "HEAD").id }

  /// The branch that is checked out; nil where HEAD is detached.
  package var headBranch: String? {
    var reference: OpaquePointer?
    guard git_repository_head(&reference, handle) == 0 else { return nil }
    defer { git_reference_free(reference) }
    guard git_reference_is_branch(reference) == 1 else { return nil }
    return git_reference_shorthand(reference).flatMap { String(validatingCString: $0) }
  }

  /// The address of the remote `origin` as a URI, without credentials; nil where there is none, or only a path of this machine.
  package var originURI: String? {
    var remote: OpaquePointer?
    guard git_remote_lookup(&remote, handle, "origin") == 0 else { return nil }
    defer { git_remote_free(remote) }
    return git_remote_url(remote).flatMap { String(validatingCString: $0) }.flatMap(Self.uri)
  }

  /// `git@github.com:acme/shop.git` is `ssh://git@github.com/acme/shop.git`.
  package static func uri(_ address: String) -> String? {
    guard let scheme = address.firstRange(of: "://") else {
      // As git reads it: a colon before any slash.
      let parts = address.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, !parts[0].contains("/"), !parts[1].isEmpty else { return nil }
      return "ssh://\(parts[0])/\(parts[1].drop { $0 == "/" })"
    }
    guard ["http", "https", "ssh", "git"].contains(address[..<scheme.lowerBound]) else { return nil }
    var rest = address[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
    // Whoever logs in by name only is part of an address of ssh, and is a secret in one of http.
    if let at = rest.prefix(while: { $0 != "/" }).lastIndex(of: "@") {
      let user = rest[..<at].prefix { $0 != ":" }
      rest = rest[rest.index(after: at)...]
      if address.hasPrefix("ssh"), !user.isEmpty { return "ssh://\(user)@\(rest)" }
    }
    return String(address[..<scheme.upperBound]) + rest
  }
}
