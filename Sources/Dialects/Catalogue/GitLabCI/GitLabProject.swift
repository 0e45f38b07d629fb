import References

/// What is included from another project on the GitLab that runs the pipeline. Without a ref it is the default branch.
struct GitLabProject: PlaceReading {
  var words: String? { " (`project`, `ref`)" }
  var pinnedPart: PinnedPart { .ref }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    GitRepository(repositoryKey: "project", refKey: "ref").site(at: match, of: file, meaning: content).map { [$0] }
  }

  private func content(_ project: String, _ ref: String) -> Site.Content {
    if let placeholder = Literal.placeholder(in: "\(project) \(ref)") { return .skipped(.notLiteral(placeholder)) }
    if ref.isEmpty { return .skipped(.defaultBranch) }
    do throws(ActionReferenceError) { return .action(try ActionReference(project: project, ref: ref)) } catch {
      return .failed(.invalidReference(error.description))
    }
  }
}
