import ArgumentParser
import Configuration
import Dialects
import FoundationEssentials
import Git
import Pinning
import Rules
import SourceText

/// The tree that a run works on: its root, the files in it, and its configuration.
struct Workspace: Sendable {
  /// Absolute, symbolic links resolved.
  let root: String
  var files: [SourceFile]
  var configuration: Configuration
  /// Paths that are not UTF-8, and directories that cannot be opened. They may hold references, so the run fails.
  var unreadable: [FileReport] = []
  /// The paths that the user named; empty where everything is worked on.
  private(set) var named: [NamedPath] = []
  /// Looks, while the tracked files are read, for those that git does not track.
  private var untracked: Task<Untracked, Never>?

  private struct Untracked {
    /// Files that a dialect knows by their names, as the user would name them.
    var files: [String]
    /// Whether git tracks a file that a dialect knows by its name.
    var hasTrackedOnes: Bool
  }

  /// Which repository it is; nil outside of one.
  private(set) var repository: Report.Repository?

  /// Why there is no tree to work on. `usage` and `configuration` end with 64, the others with 2.
  enum Failure: Error {
    case usage(String)
    case configuration(ConfigurationError)
    /// A file that is not what it was named for; the place is `path:line`.
    case malformed(at: String, String)
    case unreadable(String)

    var exitCode: ExitCode {
      switch self {
      case .usage, .configuration: ExitCode(64)
      case .malformed, .unreadable: ExitCode(2)
      }
    }

    var error: RunError {
      switch self {
      case .usage(let message), .unreadable(let message): RunError(message)
      case .configuration(let error): RunError(error)
      case .malformed(let place, let problem): RunError(problem, at: place)
      }
    }
  }
}

extension Workspace {
  /// Finds the repository of the paths (or of the working directory) and lists its files.
  static func open(
    paths: [String], excluding excluded: [Glob] = [], dialect: String?, _ configured: ConfigurationOptions, _ environment: Environment
  ) throws(Failure) -> Workspace {
    let targets = try paths.map { path throws(Failure) in try Target(path, environment) }
    let start = start(of: targets, environment)
    let repository: GitRepository?
    do throws(GitError) {
      repository = try GitRepository.discover(from: start, environment: GitEnvironment(environment.variables))
    } catch {
      // Files that are named need no git, which the messages of some errors say.
      guard error.leavesNamedFiles, !targets.isEmpty, targets.allSatisfy({ !$0.isDirectory }) else { throw .unreadable(error.description) }
      repository = nil
    }

    var workspace: Workspace
    if let repository {
      workspace = try Workspace(repository, environment)
    } else {
      workspace = try Workspace(directory: Self.directory(for: targets, environment), environment)
    }
    for target in targets where Paths.suffix(of: target.path, below: workspace.root) == nil {
      throw .usage("'\(target.written)' lies outside of '\(workspace.root)'; run tagpin there")
    }
    workspace.select(targets, dialect: dialect, environment)
    let settings = try ConfigurationFiles.read(root: workspace.root, configured, environment).settings
    workspace.configuration = settings.configuration
    workspace.configuration.exclude += excluded
    workspace.configuration.trustedExclude += excluded
    workspace.nameDialects()
    let directories = targets.filter(\.isDirectory).map(\.path)
    workspace.unreadable = workspace.unreadable.filter { file in
      let path = Paths.absolute(file.path, from: workspace.root)
      return workspace.configuration.selects(file.path)
        && (targets.isEmpty || directories.contains { Paths.suffix(of: path, below: $0) != nil })
    }
    // What the configuration leaves out can still say what the repository builds.
    for index in workspace.files.indices
    where workspace.files[index].role != .named && !workspace.configuration.selects(workspace.files[index].path) {
      workspace.files[index].role = .context
    }
    workspace.named = targets.map { workspace.named($0, isTracking: repository != nil, settings, environment) }
    if let repository { workspace.findUntracked(in: repository, below: targets.isEmpty ? [workspace.root] : directories, environment) }
    return workspace
  }

  /// The repository of the paths (or of the working directory), which a commit needs.
  static func repository(of paths: [String], _ environment: Environment, to purpose: String = "commit to; leave --commit out")
    throws(Failure) -> GitRepository
  {
    let targets = try paths.map { path throws(Failure) in try Target(path, environment) }
    let start = start(of: targets, environment)
    let repository: GitRepository?
    do throws(GitError) {
      repository = try GitRepository.discover(from: start, environment: GitEnvironment(environment.variables))
    } catch { throw .unreadable(CommitError.unusable(error).description) }
    guard let repository else { throw .usage("there is no git repository in '\(start)' to \(purpose)") }
    return repository
  }

  private static func start(of targets: [Target], _ environment: Environment) -> String {
    targets.first.map { $0.isDirectory ? $0.path : Paths.parent(of: $0.path) } ?? environment.workingDirectory
  }

  // MARK: Listing

  private init(_ repository: GitRepository, _ environment: Environment) throws(Failure) {
    guard let root = repository.workDirectory else {
      throw .unreadable("'\(repository.gitDirectory)' is a bare repository: run tagpin in a checkout of it")
    }
    let tracked: TrackedFiles
    do throws(GitError) { tracked = try repository.trackedFiles() } catch { throw .unreadable(error.description) }
    self.root = root
    self.repository = Report.Repository(uri: repository.originURI, commit: repository.headCommit, branch: repository.headBranch)
    files = tracked.files.filter { !$0.isSkippedInWorkTree }.map { Self.file($0.path, root: root, environment) }
    files += tracked.symbolicLinks.compactMap { Self.link($0, root: root, environment) }
    configuration = .default
    unreadable = Self.unusable(tracked.unusablePaths)
  }

  private static func unusable(_ paths: [[UInt8]]) -> [FileReport] {
    paths.map {
      FileReport(
        path: String(decoding: $0, as: UTF8.self),
        state: .failed(.notRead, problem: "its name is not UTF-8, so it is not read: rename it", at: nil))
    }
  }

  /// Without git: everything below a directory; nothing where only files are named and no directory holds them.
  private init(directory: String?, _ environment: Environment) throws(Failure) {
    guard let directory else {
      root = "/"
      files = []
      configuration = .default
      return
    }
    root = directory
    configuration = .default
    let listing: DirectoryWalker.Listing
    do throws(ReadError) { listing = try DirectoryWalker().files(below: directory) } catch { throw .unreadable(error.description) }
    files = listing.files.map { Self.file($0, root: directory, environment) }
    files += listing.symbolicLinks.compactMap { Self.link($0, root: directory, environment) }
    unreadable =
      listing.unreadableDirectories.map {
        FileReport(path: $0.path, state: .failed(.notRead, problem: "cannot be looked into: \($0.error)", at: nil))
      }
      + Self.unusable(listing.unusablePaths)
  }

  /// A symbolic link; nil where it has become something else.
  private static func link(_ path: String, root: String, _ environment: Environment) -> SourceFile? {
    var file = file(path, root: root, environment)
    file.linkTarget = try? FileManager.default.destinationOfSymbolicLink(atPath: file.absolutePath)
    return file.linkTarget == nil ? nil : file
  }

  /// The directory whose files are looked at outside of a repository.
  private static func directory(for targets: [Target], _ environment: Environment) -> String? {
    let current = environment.workingDirectory
    if targets.allSatisfy({ Paths.suffix(of: $0.path, below: current) != nil }) { return current }
    if targets.count == 1, let only = targets.first, only.isDirectory { return only.path }
    return nil
  }

  private static func file(_ path: String, root: String, _ environment: Environment) -> SourceFile {
    // As text: there can be 80,000 of them.
    let absolute = root == "/" ? "/" + path : "\(root)/\(path)"
    return SourceFile(path: path, shownPath: Paths.relative(absolute, to: environment.workingDirectory), absolutePath: absolute)
  }

  /// Whether a file of that path, from the root, would be worked on, were it there.
  func covers(_ path: String) -> Bool {
    named.isEmpty || named.contains { $0.holds(path) }
  }

  /// What was named, and how many files of it the run looks at.
  private func named(_ target: Target, isTracking: Bool, _ settings: LayeredConfiguration, _ environment: Environment) -> NamedPath {
    let below = target.isDirectory ? files.filter { Paths.suffix(of: $0.absolutePath, below: target.path) != nil } : []
    let selected = below.count { $0.role != .context }
    let leftOutBy = selected == 0 ? below.first.map { settings.whatLeavesOut($0.path) ?? "'--exclude'" } : nil
    return NamedPath(
      path: Paths.suffix(of: target.path, below: root) ?? target.path,
      shownPath: Paths.relative(target.path, to: environment.workingDirectory),
      contents: target.isDirectory
        ? .directory(files: below.count, selected: selected, isTracking: isTracking, leftOutBy: leftOutBy) : .file)
  }

  /// Says on one line which files git does not track, however many they are. Where a gate read nothing because of that, it fails: it must
  /// not end like one that found nothing.
  func nameUntracked(in report: inout Report, _ environment: Environment) async {
    guard let untracked = await untracked?.value, let first = untracked.files.first else { return }
    let (more, word) = untracked.files.count > 1 ? (" and \(untracked.files.count - 1) more", "them") : ("", "it")
    let message = "\(first)\(more); 'git add' \(word), or name \(word)"
    guard report.command.isGate, !untracked.hasTrackedOnes, report.files.allSatisfy({ $0.path.isEmpty }) else {
      return report.warnings.insert(Warning(.notTracked, "not tracked, not read: \(message)"), at: 0)
    }
    report.files = [
      FileReport(
        path: ".", shownPath: Paths.relative(root, to: environment.workingDirectory),
        state: .failed(.nothingRead, problem: "nothing was read, for git does not track \(message)", at: nil))
    ]
  }

  private mutating func findUntracked(in repository: sending GitRepository, below directories: [String], _ environment: Environment) {
    let (root, files, configuration) = (root, files, configuration)
    untracked = Task {
      @Sendable func isKnown(_ path: String) -> Bool {
        configuration.selects(path) && (configuration.dialect(for: path) != nil || Dialects.all.contains { $0.isNamed(by: path) })
      }
      let search = UntrackedFiles(root: root, tracked: files) { repository.ignores($0) }
      let found = search.paths(below: directories.compactMap { Paths.suffix(of: $0, below: root) }, where: isKnown)
        .map { Paths.relative(Paths.absolute($0, from: root), to: environment.workingDirectory) }
      return Untracked(files: found, hasTrackedOnes: !found.isEmpty && files.contains { $0.role != .context && isKnown($0.path) })
    }
  }

  /// What the configuration says that files are, unless the command line has said it.
  private mutating func nameDialects() {
    guard !configuration.files.isEmpty else { return }
    for index in files.indices where files[index].dialectName == nil {
      files[index].dialectName = configuration.dialect(for: files[index].path)
    }
  }

  /// Files outside of all targets are read only for what the repository builds.
  private mutating func select(_ targets: [Target], dialect: String?, _ environment: Environment) {
    guard !targets.isEmpty else { return }
    let directories = targets.filter(\.isDirectory).map(\.path)
    let named = Set(targets.filter { !$0.isDirectory }.map { PathKey($0.path) })
    for index in files.indices {
      let path = files[index].absolutePath
      if !named.isEmpty, named.contains(PathKey(path)) {
        files[index].role = .named
        // It is read by this name.
        files[index].linkTarget = nil
      } else if !directories.contains(where: { Paths.suffix(of: path, below: $0) != nil }) {
        files[index].role = .context
      }
    }
    let known = Set(files.lazy.filter { $0.role == .named }.map { PathKey($0.absolutePath) })
    for target in targets where !target.isDirectory && !known.contains(PathKey(target.path)) {
      var file = Self.file(Paths.suffix(of: target.path, below: root) ?? target.path, root: root, environment)
      file.role = .named
      files.append(file)
    }
    if let dialect {
      for index in files.indices where files[index].role == .named { files[index].dialectName = dialect }
    }
  }

  /// The root of the working directory's repository, or the working directory itself outside of one; for commands that read no files. It
  /// throws where the root cannot be told: nobody knows then which configuration counts.
  static func root(_ environment: Environment) throws(Failure) -> String {
    do throws(GitError) {
      let repository = try GitRepository.discover(from: environment.workingDirectory, environment: GitEnvironment(environment.variables))
      return repository?.workDirectory ?? environment.workingDirectory
    } catch {
      guard error.leavesNamedFiles else { throw .unreadable(error.description) }
      return environment.workingDirectory
    }
  }
}

extension GitError {
  /// Whether files can be read all the same: only libgit2's view of the repository is at fault.
  var leavesNamedFiles: Bool {
    switch self {
    case .unsupportedObjectFormat, .cannotOpen: true
    default: false
    }
  }
}
