import Dialects
import References

/// What pinning needs of registries.
package protocol DigestResolving: Sendable {
  /// The digest of what the tag of this reference names; with a platform, that of the platform's manifest. The failure is `.unresolved`.
  func digest(of reference: ImageReference, platform: Platform?) async throws(SiteFailure) -> Digest
}

/// How far a run is, for whoever waits.
package struct Progress: Hashable, Sendable {
  package var done: Int
  package var total: Int
}

/// Digests by reference. Each distinct one is asked for once, however it is written and however often it stands in the tree.
package struct Resolutions: Sendable {
  private var results: [Key: Result<Digest, SiteFailure>] = [:]

  private struct Key: Hashable {
    var name: ImageName
    var tag: Tag?

    init(_ reference: ImageReference) {
      name = reference.name
      tag = reference.tag
    }
  }

  package init() {}

  package subscript(reference: ImageReference) -> Result<Digest, SiteFailure>? { results[Key(reference)] }

  /// Asks for all of them, at most `options.jobs` at once.
  package static func resolving(
    _ references: [ImageReference], with resolver: any DigestResolving, _ options: RunOptions,
    progress: @escaping @Sendable (Progress) -> Void
  ) async -> Resolutions {
    var seen: Set<Key> = []
    let distinct = references.filter { seen.insert(Key($0)).inserted }
    let counter = ProgressCounter(total: distinct.count, report: progress)
    let platform = options.platform
    let digests = await boundedMap(distinct, limit: options.jobs) { reference -> Result<Digest, SiteFailure> in
      let result: Result<Digest, SiteFailure>
      do throws(SiteFailure) { result = .success(try await resolver.digest(of: reference, platform: platform)) } catch {
        result = .failure(error)
      }
      await counter.advance()
      return result
    }
    var resolutions = Resolutions()
    for (reference, digest) in zip(distinct, digests) { resolutions.results[Key(reference)] = digest }
    return resolutions
  }
}

private actor ProgressCounter {
  private var progress: Progress
  private let report: @Sendable (Progress) -> Void

  init(total: Int, report: @escaping @Sendable (Progress) -> Void) {
    progress = Progress(done: 0, total: total)
    self.report = report
  }

  func advance() {
    progress.done += 1
    report(progress)
  }
}
