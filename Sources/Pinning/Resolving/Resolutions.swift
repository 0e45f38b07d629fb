import Dialects
import References

/// What a reference points at.
package enum Resolution: Hashable, Sendable {
  case digest(Digest)
  case commit(ResolvedCommit)

  package var content: ReferenceContent {
    switch self {
    case .digest(let digest): .digest(digest)
    case .commit(let resolved): .commit(resolved.commit)
    }
  }
}

/// What references point at. Each distinct image is asked for once, and each distinct git repository once for all of its refs, however
/// often the tree names them.
package struct Resolutions: Sendable {
  private var images: [ImageKey: Result<Digest, SiteFailure>] = [:]
  private(set) var repositories: [ActionRepository: Result<RepositoryRefs, SiteFailure>] = [:]
  /// What pins in danger get, by the pin.
  private(set) var tags: [ImageReference: Result<Tag?, SiteFailure>] = [:]
  private let exactTags: ActionReference.ExactTags

  private struct ImageKey: Hashable {
    var name: ImageName
    var tag: Tag?

    init(_ reference: ImageReference) {
      name = reference.name
      tag = reference.tag
    }
  }

  /// One request, or one line of them.
  private enum Question: Sendable {
    case image(ImageReference)
    case tag(ImageReference)
    case repository(ActionRepository, prefixes: [String])

    var server: String {
      switch self {
      case .image(let image), .tag(let image): image.name.registry
      case .repository(let repository, _): repository.serverName
      }
    }
  }

  private enum Answer: Sendable {
    case digest(Result<Digest, SiteFailure>)
    case tag(Result<Tag?, SiteFailure>)
    case refs(Result<RepositoryRefs, SiteFailure>)
  }

  private init(exactTags: ActionReference.ExactTags) { self.exactTags = exactTags }

  /// nil where it was not asked for.
  package subscript(reference: Reference) -> Result<Resolution, SiteFailure>? {
    switch reference {
    case .image(let image): return images[ImageKey(image)]?.map(Resolution.digest)
    case .action(let action):
      return repositories[action.repository]?.flatMap { refs in
        do throws(SiteFailure) { return .success(.commit(try refs.resolve(action, exactTags: exactTags))) } catch { return .failure(error) }
      }
    }
  }

  /// What those references name, as far as that was found out; none where they were asked for one platform, for that is not what they name.
  package func contents(of references: [Reference], _ options: RunOptions) -> [Reference: ReferenceContent] {
    guard options.platform == nil else { return [:] }
    return references.reduce(into: [:]) { contents, reference in
      if case .image(let image) = reference, image.digest != nil { return }
      if case .success(let resolution)? = self[reference] { contents[reference] = resolution.content }
    }
  }

  /// Asks for all of them and for other tags of those pins, at most `options.jobs` at once.
  package static func resolving(
    _ references: [Reference], retagging pins: [ImageReference] = [], with resolver: any DigestResolving, _ listing: any RefListing,
    otherTags tags: any OtherTagFinding = NoOtherTags(), _ options: RunOptions,
    progress: @escaping @Sendable (Progress) -> Void
  ) async -> Resolutions {
    var resolutions = Resolutions(exactTags: options.exactTags)
    var seen: Set<ImageReference> = []
    let questions = questions(about: references, options.exactTags) + pins.filter { seen.insert($0).inserted }.map(Question.tag)
    let counter = ProgressCounter(total: questions.count, report: progress)
    let platform = options.platform
    let answers = await boundedMap(questions, limit: options.jobs) { question -> Answer in
      await counter.counting(question.server) { await Self.answer(question, resolver, listing, tags, platform) }
    }
    for (question, answer) in zip(questions, answers) {
      switch (question, answer) {
      case (.image(let image), .digest(let digest)): resolutions.images[ImageKey(image)] = digest
      case (.tag(let pin), .tag(let tag)): resolutions.tags[pin] = tag
      case (.repository(let repository, _), .refs(let refs)): resolutions.repositories[repository] = refs
      default: break
      }
    }
    return resolutions
  }

  private static func questions(about references: [Reference], _ exactTags: ActionReference.ExactTags) -> [Question] {
    var seen: Set<ImageKey> = []
    var images: [Question] = []
    var repositories: [ActionRepository] = []
    var prefixes: [ActionRepository: Set<String>] = [:]
    for reference in references {
      switch reference {
      case .image(let image):
        if seen.insert(ImageKey(image)).inserted { images.append(.image(image)) }
      case .action(let action):
        if prefixes[action.repository] == nil { repositories.append(action.repository) }
        prefixes[action.repository, default: []].formUnion(action.refPrefixes(exactTags))
      }
    }
    return images + repositories.map { .repository($0, prefixes: (prefixes[$0] ?? []).withoutThoseCoveredByOthers) }
  }

  private static func answer(
    _ question: Question, _ resolver: any DigestResolving, _ listing: any RefListing, _ tags: any OtherTagFinding, _ platform: Platform?
  ) async -> Answer {
    switch question {
    case .image(let image):
      do throws(SiteFailure) { return .digest(.success(try await resolver.digest(of: image, platform: platform))) } catch {
        return .digest(.failure(error))
      }
    case .tag(let pin):
      do throws(SiteFailure) { return .tag(.success(try await tags.replacementTag(for: pin))) } catch { return .tag(.failure(error)) }
    case .repository(let repository, let prefixes):
      do throws(SiteFailure) { return .refs(.success(try await listing.refs(of: repository, prefixes: prefixes))) } catch {
        return .refs(.failure(error))
      }
    }
  }
}

extension Set<String> {
  /// Sorted. `refs/tags/v4.1` needs no asking where `refs/tags/v4` is asked for.
  fileprivate var withoutThoseCoveredByOthers: [String] {
    sorted().reduce(into: []) { kept, prefix in
      if let last = kept.last, prefix.hasPrefix(last) { return }
      kept.append(prefix)
    }
  }
}
