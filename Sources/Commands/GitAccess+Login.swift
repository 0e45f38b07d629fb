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
        let (entry, isElsewhere) = await login(at: place, .refs(of: action))
        // A server that does not have it says nothing about the login, where the next one may have it.
        if isElsewhere, index + 1 < places.count { continue }
        seen.insert(place.server)
        entries.append(entry)
        break
      }
    }
    return entries
  }

  /// The same for one server that the user named. One of the actions is asked for, else the repository's own remote.
  /// nil where nothing says that it is a git server.
  nonisolated func login(atServer host: String, _ actions: [ActionReference]) async -> AuthReport.Entry? {
    for action in actions {
      let places = (try? await self.places(of: action.repository)) ?? []
      if let place = places.first(where: { $0.server.lowercased() == host }) { return await login(at: place, .refs(of: action)).0 }
    }
    guard let known = await addresses(ofServer: host).first else { return nil }
    if known.isRepository { return await login(at: (host, known.url), .repository("the remote 'origin'")).0 }
    var entry = AuthReport.Entry(.git, host, .unknown, asked: "nothing, as no repository of it is known")
    do throws(GitRemoteError) {
      entry.login = try await self.login(for: known.url).map(AuthReport.Login.init)
    } catch { entry.problem = error.description }
    entry.nextStep = "name a repository of it: tagpin auth \(known.url)/OWNER/NAME"
    return entry
  }

  /// The same for a repository that somebody named by its URL.
  nonisolated func login(atRepository url: String) async -> AuthReport.Entry {
    await login(at: (GitServers.Place.url(url).server, url), .repository(GitRemotes.shown(url))).0
  }

  /// What a server is asked for.
  private struct Question {
    var words: String
    var prefixes: [String]

    static func refs(of action: ActionReference) -> Self {
      Self(words: "the refs of \(action.repository)", prefixes: RemoteReferences.prefixes(for: action.ref))
    }

    static func repository(_ words: String) -> Self { Self(words: "the refs of \(words)", prefixes: ["refs/heads/"]) }
  }

  private nonisolated func login(
    at place: (server: String, url: String), _ question: Question
  ) async -> (AuthReport.Entry, isElsewhere: Bool) {
    var entry = AuthReport.Entry(.git, place.server, .works, asked: question.words)
    do throws(GitRemoteError) {
      let login = try await self.login(for: place.url)
      entry.login = login.map(AuthReport.Login.init)
      _ = try await references(of: place.url, prefixes: question.prefixes)
      return (entry, false)
    } catch {
      entry.state = error.isRefusal ? .refused : .unknown
      entry.problem = error.description
      return (entry, error.saysNotThere)
    }
  }
}

extension AuthReport.Login {
  fileprivate init(_ login: GitLogin) {
    self.init(user: login.user, source: login.source + (login.isAfterRefusal ? ", where the server asks" : ""))
  }
}
