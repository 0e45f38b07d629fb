import Documents
import HTTP
import References

extension RegistryClient {
  /// How many tags are looked at, and how long it may take: it is good to know, and nothing depends on it.
  private static let listedCount = 1000
  private static let listingTime = Duration.seconds(10)

  /// The error with the tags that may have been meant, if it says that there is no such tag and the registry lists its tags to who asks; or
  /// that the repository is missing, where the list says so: of a manifest many registries say the same in both cases. One request for each
  /// repository; whatever goes wrong with it, the error stays as it is.
  func namingNearestTags(_ error: RegistryError, for reference: ImageReference, at endpoint: RegistryEndpoint) async -> RegistryError {
    guard case .tagNotFound(let host, _) = error else { return error }
    guard let tags = await tagLists.value(for: endpoint, { await self.listedTags(at: endpoint) }) else {
      return .repositoryNotFound(host: host)
    }
    return .tagNotFound(host: host, nearest: NearestTags.to(Target(reference).text, in: tags))
  }

  /// As `tags`; empty, too, where the answer is long in coming.
  private func listedTags(at endpoint: RegistryEndpoint) async -> [String]? {
    await withTaskGroup(of: [String]?.self) { group in
      group.addTask {
        do throws(RegistryError) { return try await self.tags(at: endpoint) } catch { return [] }
      }
      group.addTask {
        try? await Task.sleep(for: Self.listingTime)
        return []
      }
      defer { group.cancelAll() }
      return await group.next() ?? []
    }
  }

  /// Empty where the registry lists none, or sends elsewhere for them; nil where it says that there is no such repository.
  func tags(at endpoint: RegistryEndpoint) async throws(RegistryError) -> [String]? {
    let url = endpoint.tagsURL(count: Self.listedCount)
    let answer = try await send(.get, url, at: endpoint, headers: ["Accept": "application/json"])
    guard answer.url == url else { return [] }
    switch answer.response.status {
    case 200: return Node.jsonObject(answer.response.body)?["tags"]?.elements.compactMap(\.jsonString) ?? []
    case 404: return RegistryErrorBody(answer.response).saysRepositoryNotFound ? nil : []
    default: return []
    }
  }
}
