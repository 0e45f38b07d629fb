import Documents
import References

/// A repository of hooks and its `rev`, which is pinned in the form of `pre-commit autoupdate --freeze` if the configuration says so.
struct HookRepository: PlaceReading {
  var words: String? { " (`repo`, `rev`) if turned on" }
  var pinnedPart: PinnedPart { .ref }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    let repository = GitRepository(repositoryKey: "repo", refKey: "rev", comment: .frozen)
    return repository.site(at: match, of: file) { content($0, $1, file.options) }.map { [$0] }
  }

  private func content(_ url: String, _ rev: String, _ options: DialectOptions) -> Site.Content {
    if url == "meta" { return .skipped(.notPinnable("hooks of pre-commit itself")) }
    if url == "local" || url.hasPrefix(".") || url.hasPrefix("/") || url.hasPrefix("file:") { return .skipped(.local) }
    if let placeholder = Literal.placeholder(in: "\(url) \(rev)") { return .skipped(.notLiteral(placeholder)) }
    if !options.pinsPreCommit { return .skipped(.turnedOff(setting: "actions: {pre-commit: true}")) }
    do throws(ActionReferenceError) {
      if rev.isEmpty { throw .noRefUnder(key: "rev") }
      return .action(try ActionReference(url: url, ref: rev))
    } catch { return .failed(.invalidReference(error.description)) }
  }
}
