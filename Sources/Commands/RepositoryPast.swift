import Configuration
import Dialects
import Git
import Pinning
import Reporting
import SystemPackage
import Verifying

/// What the commits of the repository of the working directory hold, read with its configuration of today.
struct RepositoryPast {
  private let repository: GitRepository
  private var versions: Versions
  private let environment: Environment
  private let configuration: Configuration

  init(_ configured: ConfigurationOptions, _ environment: Environment) throws(Workspace.Failure) {
    let repository = try Workspace.repository(of: [], environment, to: "look back in")
    guard let root = repository.workDirectory else { throw .unreadable(GitError.bare(path: repository.gitDirectory).description) }
    let configuration = try ConfigurationFiles.read(root: root, configured, environment).settings.configuration
    let tree = SourceTree(root: root)
    let reader = PinReader(
      options: DialectOptions(configuration), isRead: { configuration.selects($0) }, dialect: { configuration.dialect(for: $0) },
      sitePaths: { configuration.sitePaths(for: $0) })
    self.repository = repository
    self.environment = environment
    self.configuration = configuration
    versions = Versions(repository, reader) { path throws(ReadError) in
      try FileReader.read(FilePath(root).appending(path).string, in: tree)
    }
  }

  var isShallow: Bool { repository.isShallow }

  func commit(_ revision: String) throws(Workspace.Failure) -> CommitRecord {
    do throws(GitError) { return try repository.commit(named: revision) } catch { throw .unreadable(error.description) }
  }

  /// What differs between two commits; `new` nil is the work tree.
  mutating func changes(from old: String, to new: String?) throws(Workspace.Failure) -> [ReferenceChange] {
    do throws(VersionError) { return try versions.changes(from: old, to: new) } catch { throw .unreadable(error.description) }
  }

  /// What the commits had, and what the ledger saw.
  mutating func history(endingAt commit: CommitRecord, _ messages: Messages) async throws(Workspace.Failure) -> PinHistory {
    var history: PinHistory
    do throws(VersionError) { history = try PinHistory(of: repository, endingAt: commit, &versions) } catch {
      throw .unreadable(error.description)
    }
    let root = repository.workDirectory ?? repository.gitDirectory
    // Offline: of a ledger under a reference what is here counts.
    if let step = try await LedgerStep(configuration, root: root, .none, environment, messages) { history.add(step.ledger) }
    return history
  }

  /// `--page FILE`.
  func write(_ report: HistoryReport, asPage path: String) throws(Workspace.Failure) {
    let pages = CommitPages(of: repository, environment: environment.variables)
    let html = HistoryPage(report, pages: pages).html
    try OutputFile.write(html, to: Paths.absolute(path, from: environment.workingDirectory), as: "page", named: path)
  }
}
