import Distribution
import HTTP
import References
import Verifying

/// The clocks of registries, and GitHub's. Where one cannot be asked it says nothing: what is not known to be old is held.
struct PublicClocks: ClockAsking {
  let registry: RegistryAccess
  let git: GitAccess

  func clock(of reference: Reference, for content: ReferenceContent) async -> ClockAnswer? {
    switch (reference, content) {
    case (.image(let image), .digest(let digest)):
      guard let source = RegistryClient.clockName(of: image) else { return nil }
      let times = (try? await registry.client.tagTimes(of: image)) ?? []
      return ClockAnswer(source: source, since: times.filter { $0.digest == digest }.map(\.seconds).min())
    case (.action(let action), .commit):
      guard action.repository.service == .github, (try? await git.places(of: action.repository))?.first?.server == "github.com" else {
        return nil
      }
      return ClockAnswer(source: "GitHub", since: await release(action))
    default: return nil
    }
  }

  /// Asked without a login: it is public, and a login of github.com is not one of its interface.
  private func release(_ action: ActionReference) async -> Int64? {
    let tag = HTTPURL.percentEncoded(action.ref, as: .pathComponent)
    let url = HTTPURL(scheme: .https, host: "api.github.com", path: "/repos/\(action.repository.path)/releases/tags/\(tag)")
    let request = HTTPRequest(.get, url, headers: ["Accept": "application/vnd.github+json"])
    guard let answer = try? await registry.transport.send(request), answer.status == 200 else { return nil }
    return GitHubRelease.lockedSince(answer.body, tag: action.ref)
  }
}
