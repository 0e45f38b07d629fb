import HTTP

extension HTTPRemote {
  /// A push must not be sent twice, so that it cannot be tried again where the connection turns out to be closed by then. Proxies close it
  /// behind an answer without saying so (tinyproxy does): none is used for a second request.
  private static let ownConnection = HTTPFields.Field(name: "Connection", value: "close")

  /// Pushes one branch: a GET that says what is there, which is also where the server says who may, then one POST.
  ///
  /// - Parameters:
  ///   - decide: what to do, by what is there.
  ///   - pack: the objects that the remote lacks, by what it has.
  /// - Returns: false where there was nothing to do.
  mutating func push(
    _ target: PushTarget, commit: String, agent: String, decide: (_ current: String?, _ host: String) throws(PushError) -> PushDecision,
    pack: (_ known: [String]) throws(PushError) -> [UInt8]
  ) async throws(PushError) -> Bool {
    let there: ReceivePackAdvertisement
    let base: HTTPURL
    do throws(GitRemoteError) { (there, base) = try await receivePackAdvertisement() } catch { throw .remote(error) }
    guard case .update(let old) = try decide(there.references[target.reference], base.authority) else { return false }
    let body = ReceivePack.request(
      target.reference, from: old, to: commit, pack: try pack(Array(there.references.values) + there.others),
      capabilities: there.capabilities, agent: agent)
    var request = HTTPRequest(
      .post, base.appending("/git-receive-pack"),
      headers: ["Content-Type": "application/x-git-receive-pack-request", "Accept": "application/x-git-receive-pack-result"], body: body)
    request.headers.fields.append(Self.ownConnection)
    let refusal: String?
    do throws(GitRemoteError) {
      let answer = try await send(request)
      try check(answer, at: base, contentType: "application/x-git-receive-pack-result")
      refusal = try Self.reading(base) { () throws(ListingError) in
        try ReceivePack.refusal(in: answer.body, of: target.reference, capabilities: there.capabilities)
      }
    } catch {
      guard Self.losesAnswer(error), await has(commit, at: target.reference) else { throw .remote(error) }
      return true
    }
    if let refusal { throw .rejected(branch: target.branch, host: base.authority, reason: refusal) }
    return true
  }

  /// What is there, and where the server has the repository.
  private mutating func receivePackAdvertisement() async throws(GitRemoteError) -> (ReceivePackAdvertisement, HTTPURL) {
    let contentType = "application/x-git-receive-pack-advertisement"
    let (answer, url) = try await advertisement(of: "git-receive-pack", headers: [Self.ownConnection])
    // A redirect that led to git, but not to its place in a repository: nobody knows where the rest would have to go.
    guard let repository = url.removing("/info/refs") else {
      try check(answer, at: url, contentType: contentType)
      throw .redirectRefused(host: login.home.authority, .unusableLocation)
    }
    try check(answer, at: repository, contentType: contentType)
    return (try Self.reading(repository) { () throws(ListingError) in try ReceivePackAdvertisement(answer.body) }, repository)
  }

  /// Whether the push may have been done all the same: the connection broke off, or something before the server gave up waiting for it.
  private static func losesAnswer(_ error: GitRemoteError) -> Bool {
    switch error {
    case .network, .unexpectedStatus(_, status: 502...504, _): true
    default: false
    }
  }

  /// False, too, where nobody can tell.
  private mutating func has(_ commit: String, at reference: String) async -> Bool {
    do throws(GitRemoteError) { return try await receivePackAdvertisement().0.references[reference] == commit } catch { return false }
  }
}
