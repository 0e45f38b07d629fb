import Dialects
import References

/// What a run on some files of a repository asks of the other files: which of these builds or replaces one of their images, pinned or not,
/// and which files they say to be of a dialect.
struct ContextQuestion: Sendable {
  /// The last parts of the images' names; nil where so many are asked for that each file is worth reading.
  private let names: [ContentMarks.Mark]?
  private let marks: [String: TellingMarks]
  /// Finds all that is looked for.
  let finder: MarkFinder

  private static let mostNames = 16

  /// nil where nothing is asked: all files are known, and none has an image.
  /// `files` are those that are worked on; nil stands for one in which nothing was found.
  init?(about files: some Collection<ScannedFile?>) {
    var names: Set<ContentMarks.Mark?> = []
    var hasUnknownFile = false
    for file in files {
      if file?.dialect == nil { hasUnknownFile = true }
      for site in file?.findings.sites ?? [] where names.count <= Self.mostNames && site.mayBeAnImage { names.insert(site.lastNamePart) }
    }
    guard !names.isEmpty || hasUnknownFile else { return nil }
    self.names = names.count > Self.mostNames || names.contains(nil) ? nil : names.compactMap(\.self)
    marks = Dictionary(
      Dialects.all.filter(\.tellsOfOthers).map { ($0.name, TellingMarks($0)) }, uniquingKeysWith: { first, _ in first })
    finder = .dialects(and: marks.values.flatMap(\.all) + (self.names ?? []))
  }

  /// Whether a file of that dialect and content may have an answer.
  func concerns(_ dialect: Dialect, _ content: inout ContentMarks) -> Bool {
    marks[dialect.name]?.mayTell(&content, ofImages: names) ?? true
  }
}

extension Site {
  fileprivate var mayBeAnImage: Bool {
    switch content {
    case .image: true
    case .failed: kind == .image
    case .action, .skipped: false
    }
  }

  /// `app` of `ghcr.io/acme/app:1`; nil where it is not known.
  fileprivate var lastNamePart: ContentMarks.Mark? {
    guard let image = image ?? (try? ImageReference(parsing: text)) else { return nil }
    return image.name.repository.split(separator: "/").last.map { ContentMarks.Mark(anywhere: $0) }
  }
}
