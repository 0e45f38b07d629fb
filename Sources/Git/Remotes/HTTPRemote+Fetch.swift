import HTTP

extension HTTPRemote {
  /// Brings what these references name at the remote into the repository, and gives the objects' names. References that it does not have
  /// are left out.
  ///
  /// - Parameter present: see `FetchObjects.request`.
  mutating func fetch(
    _ references: [String], into repository: GitRepository, present: [String], agent: String
  ) async throws(GitRemoteError) -> [String: String] {
    let listing = try await listing(references)
    let found = listing.references.commits.filter { references.contains($0.key) }
    let wanted = Set(found.values).subtracting(present).sorted()
    guard !wanted.isEmpty else { return found }
    let host = listing.base.authority
    if let object = wanted.first(where: { $0.utf8.count != 40 }) {
      throw .listing(host: host, .objectFormat(announced: "sha1", digitCount: object.utf8.count))
    }
    guard listing.takesCommands else { throw .fetchesNothing(host: host) }
    let request = FetchObjects.request(wanted, present: present, objectFormat: listing.objectFormat, agent: agent)
    try await fetch(request, at: listing.base, into: repository)
    return found
  }

  /// Brings these commits and all that came before them into the repository, without their files where the server can leave those out.
  mutating func fetchCommits(_ wanted: [String], into repository: GitRepository, agent: String) async throws(GitRemoteError) {
    let (offer, base, isPlace) = try await offer()
    guard isPlace else { throw .redirectRefused(host: login.home.authority, .unusableLocation) }
    guard case .commands(let objectFormat, let filters) = offer else { throw .fetchesNothing(host: base.authority) }
    let request = FetchObjects.request(wanted, filter: filters ? "tree:0" : nil, objectFormat: objectFormat, agent: agent)
    try await fetch(request, at: base, into: repository)
  }

  private mutating func fetch(_ request: [UInt8], at base: HTTPURL, into repository: GitRepository) async throws(GitRemoteError) {
    let answer = try await command(request, at: base)
    try check(answer, at: base, contentType: "application/x-git-upload-pack-result")
    let pack: [UInt8]
    do throws(ListingError) { pack = try FetchObjects.pack(in: answer.body) } catch { throw .objects(host: base.authority, error) }
    do throws(GitError.LibraryError) { try repository.add(pack: pack) } catch { throw .library(base.description, error) }
  }
}
