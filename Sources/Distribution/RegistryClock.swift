import Documents
import HTTP
import References
import Rules

/// When a tag came to name a digest, by the clock of its registry. No publisher can forge that: what an image says of its own age is not
/// asked.
package struct TagTime: Hashable, Sendable {
  package var digest: Digest
  /// Since 1970.
  package var seconds: Int64

  package init(digest: Digest, seconds: Int64) {
    self.digest = digest
    self.seconds = seconds
  }
}

/// A registry that tells when its tags were pushed.
struct RegistryClock: Sendable {
  /// As images name it.
  let registry: String
  /// Who says it, for people.
  let name: String
  /// Where it is asked.
  let place: Place
  /// What an answer says.
  let times: @Sendable (Node) -> [TagTime]

  enum Place: Sendable {
    /// An interface beside the registry, asked without a login.
    case beside(host: String, path: @Sendable (_ repository: String, _ tag: String) -> String, query: @Sendable (_ tag: String) -> String?)
    /// Below the repository, asked as its manifests are.
    case below(path: @Sendable (_ tag: String) -> String)
  }

  /// No registry is known whose `Last-Modified` of a manifest is the time of its push: Docker Hub and GHCR send none
  /// (<https://github.com/dependabot/dependabot-core/issues/16114>).
  static let all: [RegistryClock] = [
    // The last push of the tag, whatever it named: <https://docs.docker.com/reference/api/hub/latest/#tag/repositories>.
    RegistryClock(
      registry: ImageName.dockerHub, name: "Docker Hub",
      place: .beside(host: "hub.docker.com", path: { "/v2/repositories/\($0)/tags/\($1)" }, query: { _ in nil })
    ) { answer in
      guard let seconds = answer["tag_last_pushed"]?.jsonString.flatMap(seconds) else { return [] }
      let digests = ([answer] + (answer["images"]?.elements ?? [])).compactMap { $0["digest"]?.jsonString.flatMap { Digest($0) } }
      return digests.map { TagTime(digest: $0, seconds: seconds) }
    },
    // All that the tag ever named: <https://docs.quay.io/api/swagger/#operation--api-v1-repository--repository--tag--get>.
    RegistryClock(
      registry: "quay.io", name: "Quay",
      place: .beside(
        host: "quay.io", path: { repository, _ in "/api/v1/repository/\(repository)/tag/" },
        query: { "specificTag=\(HTTPURL.percentEncoded($0, as: .queryValue))&onlyActiveTags=false&limit=100" })
    ) { answer in
      (answer["tags"]?.elements ?? []).compactMap { tag in
        guard let digest = tag["manifest_digest"]?.jsonString.flatMap({ Digest($0) }), let seconds = tag["start_ts"]?.jsonInteger else {
          return nil
        }
        return TagTime(digest: digest, seconds: Int64(seconds))
      }
    },
    // The same: <https://edu.chainguard.dev/chainguard/chainguard-images/features/using-the-tag-history-api/>.
    RegistryClock(registry: "cgr.dev", name: "Chainguard", place: .below { "_chainguard/history/\($0)" }) { answer in
      (answer["history"]?.elements ?? []).compactMap { entry in
        guard let digest = entry["digest"]?.jsonString.flatMap({ Digest($0) }),
          let seconds = entry["updateTimestamp"]?.jsonString.flatMap(seconds)
        else { return nil }
        return TagTime(digest: digest, seconds: seconds)
      }
    },
  ]

  /// Of `2021-01-05T21:06:53.506400Z`, with or without a fraction.
  private static func seconds(_ text: String) -> Int64? {
    guard let point = text.firstIndex(of: ".") else { return UTCTime.seconds(text) }
    let zone = text[point...].dropFirst().drop { $0.isASCII && $0.isNumber }
    return UTCTime.seconds(String(text[..<point]) + zone)
  }
}

extension RegistryClient {
  /// Who has a clock for that image, for people; nil where nobody is known to have one.
  package static func clockName(of image: ImageReference) -> String? { clock(of: image)?.name }

  /// When the image's tag came to name what it names, or named, by the clock of its registry. One request; empty where it has no clock, or
  /// does not say.
  package func tagTimes(of image: ImageReference) async throws(RegistryError) -> [TagTime] {
    guard let clock = Self.clock(of: image), let tag = image.effectiveTag?.text else { return [] }
    let response: HTTPResponse
    switch clock.place {
    case .beside(let host, let path, let query):
      let url = HTTPURL(scheme: .https, host: host, path: path(image.name.repository, tag), query: query(tag))
      response = try await sender.answer(HTTPRequest(.get, url, headers: ["Accept": "application/json"]))
    case .below(let path):
      guard let endpoint = try RegistryEndpoint.all(for: image, registries, tlsHosts: tlsHosts).last else { return [] }
      response = try await send(.get, endpoint.url(below: path(tag)), at: endpoint, headers: ["Accept": "application/json"]).response
    }
    guard response.status == 200, let answer = Node.jsonObject(response.body) else { return [] }
    return clock.times(answer)
  }

  private static func clock(of image: ImageReference) -> RegistryClock? {
    RegistryClock.all.first { $0.registry == image.name.registry.lowercased() }
  }
}
