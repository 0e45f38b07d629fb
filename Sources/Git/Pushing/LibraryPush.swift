import CLibgit2
import HTTP
import LibC

/// A push by libgit2, over ssh. It blocks, for ever where the server is silent.
struct LibraryPush: Sendable {
  let remote: LibraryRemote
  let target: PushTarget
  let commit: String
  /// Of the repository that is pushed from. Another thread has it open, too.
  let gitDirectory: String

  /// False where there was nothing to do.
  func run() throws(PushError) -> Bool {
    let repository: GitRepository
    do throws(GitError.LibraryError) { repository = try GitRepository(reopening: gitDirectory) } catch {
      throw .git(doing: "open '\(gitDirectory)'", error)
    }
    if git_repository_is_shallow(repository.handle) == 1 { throw .shallow(host: remote.host ?? remote.url) }
    var handle: OpaquePointer?
    try PushError.check("reach '\(remote.url)'", git_remote_create_anonymous(&handle, repository.handle, remote.url))
    defer { git_remote_free(handle) }
    var options = git_push_options()
    try PushError.check("push", git_push_options_init(&options, UInt32(GIT_PUSH_OPTIONS_VERSION)))
    // Neither concerns ssh; libgit2's defaults would follow a redirect to any host.
    options.follow_redirects = GIT_REMOTE_REDIRECT_NONE
    options.proxy_opts.type = GIT_PROXY_NONE
    let conversation = Conversation(self, repository)
    conversation.install(in: &options.callbacks)
    // What may be replaced is decided where both commits are known: the answer to libgit2's own check would be no for every replacement.
    var specification = strdup("+\(target.source):\(target.reference)")
    defer { free(specification) }
    let result = withUnsafeMutablePointer(to: &specification) { pointer in
      var list = git_strarray(strings: pointer, count: 1)
      return Result { () throws(GitError.LibraryError) in try GitLibrary.check(git_remote_push(handle, &list, &options)) }
    }
    withExtendedLifetime(conversation) {}
    if let error = conversation.failure { throw error }
    if conversation.isUpToDate { return false }
    do throws(GitError.LibraryError) {
      _ = try result.get()
    } catch {
      throw .remote(remote.meaning(of: error, conversation.login))
    }
    if let reason = conversation.rejection {
      let words = ReceivePack.shown([reason, String(decoding: conversation.words, as: UTF8.self)])
      throw .rejected(branch: target.branch, host: remote.host ?? remote.url, reason: words.isEmpty ? "without a reason" : words)
    }
    return true
  }
}

/// What libgit2 asks and tells during a push. It lives on the thread of the push.
private final class Conversation {
  private static let wordLimit = 1 << 16

  let login: SSHLogin
  private let push: LibraryPush
  private let repository: GitRepository
  private(set) var failure: PushError?
  private(set) var isUpToDate = false
  /// The server's words.
  private(set) var rejection: String?
  /// Those of its hooks.
  private(set) var words: [UInt8] = []

  init(_ push: LibraryPush, _ repository: GitRepository) {
    self.push = push
    self.repository = repository
    login = SSHLogin(push.remote.keys)
  }

  /// The callbacks hold no reference: the conversation has to outlive the push.
  func install(in callbacks: inout git_remote_callbacks) {
    callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
    callbacks.certificate_check = { certificate, isValid, _, payload in
      guard let payload else { return GIT_ECERTIFICATE.rawValue }
      return Conversation.from(payload).login.check(certificate, isValid: isValid != 0)
    }
    callbacks.credentials = { credential, _, user, allowed, payload in
      guard let payload else { return GIT_EAUTH.rawValue }
      return Conversation.from(payload).login.offer(credential, user: user, allowed: allowed)
    }
    callbacks.push_negotiation = { updates, count, payload in
      guard let payload, count == 1, let update = updates?.pointee?.pointee else { return GIT_EUSER.rawValue }
      return Conversation.from(payload).negotiate(update)
    }
    callbacks.sideband_progress = { text, count, payload in
      guard let payload, let text, count > 0 else { return 0 }
      let conversation = Conversation.from(payload)
      let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
      conversation.words += bytes.prefix(max(0, Conversation.wordLimit - conversation.words.count))
      return 0
    }
    callbacks.push_update_reference = { _, status, payload in
      if let payload, let status { Conversation.from(payload).rejection = String(cString: status) }
      return 0
    }
  }

  private static func from(_ payload: UnsafeMutableRawPointer) -> Conversation {
    Unmanaged<Conversation>.fromOpaque(payload).takeUnretainedValue()
  }

  /// The remote's own commit is known here, and it is the one that libgit2 tells it to replace: nothing can come in between.
  private func negotiate(_ update: git_push_update) -> Int32 {
    var id = update.src
    let current = git_oid_is_zero(&id) == 1 ? nil : CommitTarget.text(id)
    let walk = CommitWalk(repository: repository)
    let (push, remote) = (push, push.remote)
    do throws(PushError) {
      // libgit2 pushes references and not commits.
      guard CommitTarget.text(update.dst) == push.commit else { throw .moved(branch: push.target.branch) }
      let decision = try PushDecision(push.target, commit: push.commit, current: current, host: remote.host ?? remote.url) {
        (ancestor) throws(PushError) in try walk.isAncestor(ancestor, of: push.commit)
      }
      if decision != .nothing { return 0 }
      isUpToDate = true
    } catch {
      failure = error
    }
    return GIT_EUSER.rawValue
  }
}
