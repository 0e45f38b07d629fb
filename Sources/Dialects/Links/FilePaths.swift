import Documents
import References
import SourceText

/// The path of another file, in a text: which of them it means, and what they are.
///
/// A path to something outside of the repository is reported, for what it holds is not checked: `Site.Content.skipped(.notRead)`.
struct FilePaths: PlaceReading {
  /// What the files are read as.
  let dialect: String
  /// What a path is relative to.
  var bases: [FileNames.Base] = [.folder]
  /// What a path that begins with a slash is relative to; nothing where that is a path of the machine.
  var slash: [FileNames.Base] = []
  /// Whether `*` in it matches several files.
  var takesPatterns = false
  /// What follows a path.
  var ending = ""
  var reported = Reported.all
  /// What a reference in its place would be.
  var kind = Site.Kind.image

  enum Reported: Hashable, Sendable {
    case all
    /// What is outside of the repository alone: a path may name a folder, or a file that is made when it is needed.
    case outside
    case nothing
  }

  var words: String? { nil }
  var tellsOfOthers: Bool { true }
  /// The node holds a name alone: other users of it are not affected.
  var holdsSeveral: Bool { true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    guard let (path, range) = path(at: match), let content = content(of: path) else { return nil }
    return [file.site(match, range, content, kind: kind)]
  }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    guard let (path, range) = path(at: match), case .file(let names) = meaning(of: path) else { return Statements() }
    let mention = content(of: path).map { file.site(match, range, $0, kind: kind).range }
    return Statements(links: [FileLink(names, .dialect(dialect), mention: mention)])
  }

  private func path(at match: Match) -> (String, Range<Int>)? {
    guard let scalar = match.node.scalar, !scalar.isNull else { return nil }
    let range = scalar.value.utf8Range { !$0.isWhiteSpace }
    let written = scalar.value.utf8Slice(range)
    let path = written.hasSuffix(ending) ? String(written.dropLast(ending.count)) : written
    return range.isEmpty || path.contains(where: \.isNewline) ? nil : (path, range)
  }

  private enum Meaning {
    case file(FileNames)
    case unknown(SkipReason)
    /// Elsewhere, and always the same.
    case commit
  }

  private func meaning(of path: String) -> Meaning {
    if let placeholder = Literal.placeholder(in: path) { return .unknown(.notLiteral(placeholder)) }
    if path.isOfAnotherRepository { return path.namesCommit ? .commit : .unknown(.notRead(.outside)) }
    var (path, bases) = (path, bases)
    if path.hasPrefix("/") {
      guard !slash.isEmpty else { return .unknown(.notRead(.outside)) }
      (path, bases) = (String(path.drop { $0 == "/" }), slash)
    }
    return .file(takesPatterns && path.contains("*") ? .pattern(path, from: bases) : .path(path, from: bases))
  }

  /// What is said of it until a file is known that it means; nil where nothing is to be said.
  private func content(of path: String) -> Site.Content? {
    switch (meaning(of: path), reported) {
    case (_, .nothing), (.commit, _), (.file, .outside), (.unknown(.notLiteral), .outside): nil
    case (.file, .all): .skipped(.notRead(.missing))
    case (.unknown(let reason), _): .skipped(reason)
    }
  }
}

extension String {
  /// `https://github.com/acme/app//base?ref=` and a commit.
  fileprivate var namesCommit: Bool {
    guard let mark = firstRange(of: "?ref=") ?? firstRange(of: "?version=") else { return false }
    return CommitID(self[mark.upperBound...].prefix { $0 != "&" }) != nil
  }

  /// Whether a path is a URL, or what tools take for one of a git repository or a registry: `https://…`, `git@host:…`,
  /// `github.com/owner/repo`, `dir?ref=v1`.
  var isOfAnotherRepository: Bool {
    contains("://") || contains("git::") || contains("?ref=") || contains("?version=")
      || ["git@", "oci:", "github.com/", "gitlab.com/", "bitbucket.org/", "github.com:"].contains(where: hasPrefix)
  }
}

extension Place {
  /// Paths of files that are of that dialect, whatever they are called.
  init(
    _ paths: SitePaths, files dialect: String, from bases: [FileNames.Base] = [.folder], slash: [FileNames.Base] = [],
    takesPatterns: Bool = false, reported: FilePaths.Reported = .all, kind: Site.Kind = .image, if condition: Condition = .always
  ) {
    self.init(
      paths,
      by: FilePaths(dialect: dialect, bases: bases, slash: slash, takesPatterns: takesPatterns, reported: reported, kind: kind),
      if: condition)
  }
}
