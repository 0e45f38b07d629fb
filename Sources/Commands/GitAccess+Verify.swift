import Dialects
import Git
import Pinning
import References
import Verifying

extension GitAccess: RepositoryAsking {
  /// What cannot be found out is a warning: nothing of the pin depends on it.
  nonisolated func isArchived(_ repository: ActionRepository, on server: String) async -> Bool {
    guard let api = ForgeAPI(of: server, environment: environment.variables), let client = try? await client() else { return false }
    switch await client.remotes.isArchived(repository.pathOnServer, on: server, by: api) {
    case .archived: return true
    case .alive: return false
    case .unknown(let why):
      await noteUnknownArchives(of: server, why)
      return false
    }
  }
}

extension GitAccess {
  nonisolated func lineage(
    of commits: Set<CommitID>, in repository: ActionRepository, _ refs: RepositoryRefs
  ) async throws(SiteFailure) -> [CommitID: String] {
    let client = try await client()
    // Whoever answered before has the commits.
    guard let place = try await places(of: repository).first(where: { $0.server == refs.server }) else { return [:] }
    let branches = refs.branches.sorted { $0.key < $1.key }
    let tags = refs.tags.sorted { $0.key < $1.key }
    do throws(GitRemoteError) {
      let found = try await client.remotes.lineage(
        of: Set(commits.map(\.hex)), at: place.url, tips: (branches + tags).map { ($0.key, $0.value.hex) },
        prefixes: ["refs/heads/", "refs/tags/"])
      return Dictionary(uniqueKeysWithValues: found.compactMap { commit, name in CommitID(commit).map { ($0, name) } })
    } catch { throw .unresolved(Unresolved(error, why: "the commits of its branches cannot be fetched: \(error)")) }
  }
}

extension ActionRepository {
  /// `owner/repository`, also where a whole URL is written.
  fileprivate var pathOnServer: String {
    guard case .url = service else { return path }
    var rest = path[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...].drop { $0 != "/" }.dropFirst() }
    while rest.hasSuffix("/") { rest = rest.dropLast() }
    return String(rest.hasSuffix(".git") ? rest.dropLast(4) : rest)
  }
}
