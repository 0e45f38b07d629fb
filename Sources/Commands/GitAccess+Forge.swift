import Git
import References
import Verifying

extension GitAccess: ForgeAsking {
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
