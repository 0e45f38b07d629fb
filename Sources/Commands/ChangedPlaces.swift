import Dialects
import Git
import Pinning
import SourceText

/// `--since REVISION`: what is on lines that were added or changed since the histories of the revision and of HEAD parted.
struct ChangedPlaces {
  private let since: SinceComparison
  /// By the path from the repository's root. A file that did not change has no entry.
  private var files: [PathKey: ChangedFile] = [:]

  /// What changed in the files that have something to say.
  init(since revision: String, in report: Report, files named: [String], _ environment: Environment) throws(Workspace.Failure) {
    let found = report.files.filter { $0.state != nil || $0.sites.contains { $0.judgement?.isEmpty == false } }
    let repository = try Workspace.repository(of: named, environment, to: "look back in; leave --since out")
    let changes: [ChangedLines?]
    do throws(GitError) {
      let base = try repository.mergeBase(with: revision)
      since = SinceComparison(revision: revision, base: base)
      changes = try repository.changedLines(since: base, in: found.map { Self.path(of: $0, in: repository) })
    } catch { throw .unreadable(error.description) }
    let tree = repository.workDirectory.flatMap { SourceTree(root: $0) }
    for (file, lines) in zip(found, changes) {
      guard let lines else { continue }
      let bytes = try? FileReader.read(file.absolutePath, in: tree)
      files[PathKey(file.path)] = ChangedFile(lines, bytes)
    }
  }

  func apply(to report: inout Report) {
    report.pass(before: since) { path, site in
      guard let file = files[PathKey(path)] else { return false }
      return site.map { file.contains($0.site.range, $0.site.text) } ?? true
    }
  }

  /// Under which git knows it: of a link, that of the file.
  private static func path(of file: FileReport, in repository: GitRepository) -> String {
    guard let root = repository.workDirectory, let real = realPath(file.absolutePath) else { return file.path }
    return Paths.suffix(of: real, below: root) ?? file.path
  }
}

/// A file of which something was added or changed, or taken away.
private struct ChangedFile {
  private var bytes: [UInt8]?
  /// nil where all of them changed.
  private var ranges: [Range<Int>]?

  init(_ lines: ChangedLines, _ bytes: [UInt8]?) {
    self.bytes = bytes
    guard case .some(let lines) = lines, let bytes else { return }
    // Other formats end lines with CR, too; git does not.
    let starts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    func start(of line: Int) -> Int { line <= starts.count ? starts[line - 1] : bytes.count }
    ranges = lines.map { start(of: $0.lowerBound)..<max(start(of: $0.lowerBound), start(of: $0.upperBound)) }
  }

  /// Whether a reference that is there did. One that is made of parts has others elsewhere: it counts whatever changed in the file.
  func contains(_ range: Range<Int>, _ text: String) -> Bool {
    guard let ranges, let bytes else { return true }
    guard range.upperBound <= bytes.count, bytes[range].elementsEqual(text.utf8) else { return true }
    return ranges.contains { $0.overlaps(range) }
  }
}
