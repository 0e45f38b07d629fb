import HTTP

/// Why the refs of a remote repository could not be found out. That a repository has no such ref is an answer, not an error
/// (`RemoteReferences.Target.absent`), except for `referenceAbsent`, which is for who wants to throw it.
package enum GitRemoteError: Error, Hashable, Sendable {
  /// The repository answered, and has neither a tag nor a branch of that name.
  case referenceAbsent(name: String, host: String)
  /// 401 or 404: servers do not tell "there is none" from "not for you".
  case notFoundOrNoAccess(host: String, status: Int, Access)
  /// 403, with the server's words.
  case denied(host: String, message: String?, Access)
  case rateLimited(host: String, retryAfterSeconds: Int?)
  case network(HTTPError)
  case redirectRefused(host: String, RedirectRefusal)
  case unexpectedStatus(host: String, status: Int, message: String?)
  /// Something else than git answers there: a login page, say.
  case notGit(host: String, contentType: String?)
  /// Plain files over http, without git on the server.
  case dumbProtocol(host: String)
  /// Git answers there, and its answer cannot be used.
  case listing(host: String, ListingError)
  /// The same, where objects were asked for.
  case objects(host: String, ListingError)
  /// It speaks no protocol by which objects are fetched here.
  case fetchesNothing(host: String)
  case unusableURL(String, reason: String)
  /// Git's configuration has a value that cannot be used.
  case configuration(key: String, reason: String)
  case credential(GitCredentialError)
  case noRepository(path: String)
  case dubiousOwnership(path: String)
  case unsupportedObjectFormat(String, format: String)
  /// The host showed a key that `known_hosts` does not have for it. The fingerprint is what 'ssh' shows: `SHA256:…`.
  case unknownHostKey(host: String, fingerprint: String)
  /// The host takes none of the keys that were offered. `missingAgent` is the socket of an agent that is named and not there.
  case sshKeysRefused(host: String, offered: [String], missingAgent: String? = nil)
  case timeout(host: String, seconds: Int)
  case library(String, GitError.LibraryError)
  case cancelled

  /// What is known about how the repository was asked.
  package enum Access: Hashable, Sendable {
    case anonymous
    /// With a credential, and where it came from: `GITHUB_TOKEN`.
    case credential(source: String)
    /// There is one for that server, but the connection is not encrypted.
    case withheldFromPlainHTTP
    /// A redirect led to that other host, where nothing is sent.
    case redirected(from: String)
  }

  /// Whether it is proven that there is no such ref, in a repository that can be read.
  package var isAbsence: Bool {
    if case .referenceAbsent = self { true } else { false }
  }

  init(_ error: HTTPError) {
    switch error {
    case .rateLimited(let host, let seconds): self = .rateLimited(host: host, retryAfterSeconds: seconds)
    case .cancelled: self = .cancelled
    default: self = .network(error)
    }
  }
}

extension GitRemoteError: CustomStringConvertible {
  package var description: String { statement + (nextHost.map { "; next: tagpin auth" + ($0.isEmpty ? "" : " \($0)") } ?? "") }

  /// What to ask `tagpin auth` for, where it is about credentials: a server, or nothing in particular.
  private var nextHost: String? {
    switch self {
    case .notFoundOrNoAccess(_, _, .redirected(let origin)), .denied(_, _, .redirected(let origin)): origin
    case .notFoundOrNoAccess(let host, _, _), .denied(let host, _, _): host
    case .credential(let error): error.host ?? ""
    default: nil
    }
  }

  /// Without what to do next where refs cannot be read: who pushes is another one.
  var statement: String {
    switch self {
    case .referenceAbsent(let name, let host): "\(host) has the repository, and neither a tag nor a branch '\(name)' in it"
    case .notFoundOrNoAccess(let host, let status, let access): "\(host) answered \(status) (not found, or no access)\(access.advice(host))"
    case .denied(let host, let message, let access):
      "\(host) answered 403 (access denied)\(message.map { ": \($0)" } ?? "")\(access.advice(host))"
    case .rateLimited(let host, let seconds):
      "\(host) limits requests: try again \(seconds.map { "after \($0) s" } ?? "later, or with a token"), or ask for less at once with --jobs"
    case .network(let error): error.description
    case .redirectRefused(let host, let refusal): "\(host) redirected \(refusal)"
    case .unexpectedStatus(let host, let status, let message): "\(host) answered \(status)\(message.map { ": \($0)" } ?? "")"
    case .notGit(let host, let contentType):
      """
      \(host) answered with \(contentType.map { "'\($0)'" } ?? "something") where git was expected: \
      check the address of the server; it may want a login, or be behind a proxy that does
      """
    case .dumbProtocol(let host):
      "\(host) serves the repository as plain files (git's dumb protocol), which is not supported: serve it with git http-backend"
    case .listing(let host, let error): "\(host) sent a listing of refs that cannot be used: \(error)"
    case .objects(let host, let error): "\(host) sent objects that cannot be used: \(error)"
    case .fetchesNothing(let host):
      "\(host) offers no way by which objects can be fetched here, such as git's protocol v2: fetch them with git"
    case .unusableURL(let url, let reason): "'\(url)' is not the address of a repository that can be asked: \(reason)"
    case .configuration(let key, let reason):
      "git's configuration has an unusable '\(key)': \(reason): see 'git config --show-origin \(key)'"
    case .credential(let error): error.description
    case .noRepository(let path):
      "there is no git repository at '\(path)'; if you mean another address, see url.*.insteadOf in 'git config --list --show-origin'"
    case .dubiousOwnership(let path):
      """
      the git repository '\(path)' belongs to another user: if you trust it, run \
      'git config --global --add safe.directory \(GitError.shellWord(path))'
      """
    case .unsupportedObjectFormat(let url, let format):
      "'\(url)' has the object format '\(format)', which libgit2 does not read: serve the repository over https"
    case .unknownHostKey(let host, let fingerprint):
      """
      the ssh key of \(host) is not the one in ~/.ssh/known_hosts, or none is there: it has the fingerprint \(fingerprint): \
      compare that with what its operator publishes, then connect once with ssh, or add the key
      """
    case .sshKeysRefused(let host, let offered, let missingAgent):
      """
      \(host) takes none of the ssh keys that were offered (\(offered.isEmpty ? "there are none" : offered.joined(separator: ", ")))\
      \(missingAgent.map { "; no ssh-agent answers at '\($0)' (SSH_AUTH_SOCK)" } ?? ""): \
      start ssh-agent and add the key with ssh-add; ~/.ssh/config is not read
      """
    case .timeout(let host, let seconds): "\(host) did not answer within \(seconds) s; --timeout gives it longer"
    case .library(let url, let error):
      // A server's own words can be in it.
      "cannot use the repository '\(GitRemoteURL.shown(url))': \(ServerText.shown("\(error)") ?? "no reason given")"
    case .cancelled: "cancelled"
    }
  }
}

extension GitRemoteError.Access {
  /// What to do, after the fact.
  fileprivate func advice(_ host: String) -> String {
    switch self {
    case .anonymous:
      ": check the name; for a private repository set TAGPIN_GIT_TOKEN, or log in with a git credential helper"
    case .credential(let source): ": the credential from \(source) was sent: check the name, and that it may read that repository"
    case .withheldFromPlainHTTP: ": credentials are not sent over plain http: use https"
    case .redirected(let origin): ", where \(origin) redirected: no credentials are sent along: use the repository's new address"
    }
  }
}
