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
    try await fetch(wanted, present: present, from: listing.service, at: listing.base, into: repository, agent)
    return found
  }

  /// Brings these commits and all that came before them into the repository, without their files where the server can leave those out.
  mutating func fetchCommits(_ wanted: [String], into repository: GitRepository, agent: String) async throws(GitRemoteError) {
    let (offer, base, isPlace) = try await offer()
    guard isPlace else { throw .redirectRefused(host: login.home.authority, .unusableLocation) }
    switch offer {
    case .commands(let objectFormat, let filters):
      try await fetch(wanted, filter: filters ? "tree:0" : nil, from: .v2(objectFormat: objectFormat), at: base, into: repository, agent)
    case .references(_, let abilities):
      try await fetch(wanted, filter: abilities.filters ? "tree:0" : nil, from: .v0(abilities), at: base, into: repository, agent)
    }
  }

  private mutating func fetch(
    _ wanted: [String], present: [String] = [], filter: String? = nil, from service: FetchObjects.Service, at base: HTTPURL,
    into repository: GitRepository, _ agent: String
  ) async throws(GitRemoteError) {
    let host = base.authority
    let request: [UInt8]
    switch service {
    case .v2(let objectFormat):
      request = FetchObjects.request(wanted, present: present, filter: filter, objectFormat: objectFormat, agent: agent)
    case .v0(let abilities):
      guard abilities.separatesBands else { throw .fetchesNothing(host: host) }
      guard !abilities.isShallow else { throw .objects(host: host, .shallowServer) }
      request = FetchObjects.request(wanted, present: present, filter: filter, abilities: abilities, agent: agent)
    }
    let answer = try await command(request, at: base, isV2: service.isV2)
    try check(answer, at: base, contentType: "application/x-git-upload-pack-result")
    let pack: [UInt8]
    do throws(ListingError) {
      pack = service.isV2 ? try FetchObjects.pack(in: answer.body) : try FetchObjects.packOfV0(in: answer.body)
    } catch { throw .objects(host: host, error) }
    do throws(GitError.LibraryError) { try repository.add(pack: pack) } catch { throw .library(base.description, error) }
  }
}
