import Dialects
import Git
import References
import Reporting

extension GitAccess {
  /// Who this machine is at the git servers of these actions, and whether that works: one question for each server.
  nonisolated func logins(_ actions: [ActionReference]) async -> [AuthReport.Entry] {
    var entries: [AuthReport.Entry] = []
    var seen: Set<String> = []
    for action in actions {
      let places: [(server: String, url: String)]
      do throws(SiteFailure) { places = try await self.places(of: action.repository) } catch {
        guard seen.insert(action.repository.description).inserted else { continue }
        var entry = AuthReport.Entry(.git, action.repository.description, .unknown, asked: "nothing")
        entry.problem = error.cause
        entries.append(entry)
        continue
      }
      for (index, place) in places.enumerated() {
        if seen.contains(place.server) { break }
        let (entry, isElsewhere) = await login(at: place, for: action)
        // A server that does not have it says nothing about the login, where the next one may have it.
        if isElsewhere, index + 1 < places.count { continue }
        seen.insert(place.server)
        entries.append(entry)
        break
      }
    }
    return entries
  }

  private nonisolated func login(
    at place: (server: String, url: String), for action: ActionReference
  ) async -> (AuthReport.Entry, isElsewhere: Bool) {
    var entry = AuthReport.Entry(.git, place.server, .works, asked: "the refs of \(action.repository)")
    do throws(GitRemoteError) {
      let login = try await self.login(for: place.url)
      entry.login = login.map { AuthReport.Login(user: $0.user, source: $0.source + ($0.isAfterRefusal ? ", where the server asks" : "")) }
      _ = try await references(of: place.url, prefixes: RemoteReferences.prefixes(for: action.ref))
      return (entry, false)
    } catch {
      entry.state = error.isRefusal ? .refused : .unknown
      entry.problem = error.description
      return (entry, error.saysNotThere)
    }
  }
}
