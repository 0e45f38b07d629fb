import Dialects
import Distribution
import Pinning
import References

/// Registries as guarding sees them.
extension RegistryAccess: TagRegistry {
  func finding(_ question: TagQuestion) async -> TagFinding {
    do throws(RegistryError) {
      let algorithm = question.content?.digest.algorithm ?? .sha256
      switch try await client.presence(of: question.reference, algorithm: algorithm) {
      case .present(let existing): return .exists(try await tag(existing, question))
      case .absent(let repository): return .absent(RepositoryFinding(repository))
      }
    } catch {
      return .unknown(Unresolved(error), isRefusal: error.isRefusal)
    }
  }

  private func tag(_ existing: ExistingManifest, _ question: TagQuestion) async throws(RegistryError) -> ExistingTag {
    await collected.add(existing.warnings)
    var tag = ExistingTag(digest: existing.digest, imageID: existing.imageID)
    if !question.platforms.isEmpty {
      tag.platforms = try await client.platforms(of: existing)
      let available = Set(tag.platforms.map(\.normalised))
      tag.missingPlatforms = question.platforms.filter { !available.contains($0.normalised) }
    }
    let isSame = question.content.map { tag.holds($0) } ?? false
    if question.asksOrigin, !isSame || !tag.missingPlatforms.isEmpty {
      let origin = await client.origin(of: existing)
      (tag.created, tag.revision, tag.source) = (origin.created, origin.revision, origin.source)
    }
    return tag
  }
}

extension RepositoryFinding {
  fileprivate init(_ presence: RepositoryPresence) {
    switch presence {
    case .present: self = .exists
    case .missing: self = .missing
    case .unchecked(let error): self = .unchecked(Unresolved(error))
    case .unknown(let error): self = .unknown(Unresolved(error))
    }
  }
}
