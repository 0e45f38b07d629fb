import Git
import Pinning
import References

/// Every digest that each reference of a repository had, from the commits of one line of history.
package struct PinHistory: Sendable {
  /// A time during which a reference had one content.
  package struct Period: Hashable, Sendable {
    /// The digest or commit; nil while there was a tag alone.
    package var content: String?
    package var from: CommitRecord
    /// nil where it still holds.
    package var until: CommitRecord?
    /// The files in which it stood when the period began, sorted.
    package var files: [String]
  }

  package struct Line: Hashable, Sendable {
    /// `nginx:1.27`, `actions/checkout@v4`
    package var name: String
    /// In the order in which they began.
    package var periods: [Period]
    /// What its tag was first seen to name when, by a ledger; the first one first.
    package var seen: [Observation] = []

    package init(name: String, periods: [Period], seen: [Observation] = []) {
      self.name = name
      self.periods = periods
      self.seen = seen
    }

    /// The contents that it had, each once.
    package var contents: [String] {
      var seen: Set<String> = []
      return periods.compactMap(\.content).filter { seen.insert($0).inserted }
    }
  }

  /// Sorted by their names' bytes.
  package var lines: [Line] = []

  /// The history that ends with a commit.
  ///
  /// - Complexity: one comparison of trees for each commit, and one reading for each version of a file.
  package init(of repository: GitRepository, endingAt commit: CommitRecord, _ versions: inout Versions) throws(VersionError) {
    var builder = Builder()
    var previous: String?
    let records: [CommitRecord]
    do throws(GitError) { records = try repository.firstParents(of: commit.id) } catch { throw .git(error) }
    for record in records {
      builder.apply(try versions.changes(from: previous, to: record.id, findsRenames: false), of: record)
      previous = record.id
    }
    lines = builder.lines
  }

  private struct Key: Hashable {
    var name: String
    var content: String?
  }

  private struct Builder {
    private var periods: [String: [Period]] = [:]
    /// The number of places of each content of each reference.
    private var counts: [Key: Int] = [:]

    mutating func apply(_ changes: [ReferenceChange], of commit: CommitRecord) {
      var touched: [Key: Set<PathKey>] = [:]
      let before = counts
      for change in changes {
        if let old = change.old {
          counts[Key(name: old.name, content: old.content), default: 0] -= 1
          touched[Key(name: old.name, content: old.content), default: []].formUnion([])
        }
        if let new = change.new {
          counts[Key(name: new.name, content: new.content), default: 0] += 1
          touched[Key(name: new.name, content: new.content), default: []].insert(PathKey(change.path))
        }
      }
      for (key, files) in touched.sorted(by: { ($0.key.name, $0.key.content ?? "") < ($1.key.name, $1.key.content ?? "") }) {
        let (was, now) = (before[key, default: 0] > 0, counts[key, default: 0] > 0)
        if was, !now, let index = periods[key.name]?.lastIndex(where: { $0.content == key.content && $0.until == nil }) {
          periods[key.name]?[index].until = commit
        } else if !was, now {
          periods[key.name, default: []].append(Period(content: key.content, from: commit, until: nil, files: files.sorted().map(\.path)))
        }
      }
    }

    var lines: [Line] {
      periods.map { Line(name: $0.key, periods: $0.value) }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
  }
}

extension PinHistory {
  /// Adds what a ledger knows: to the lines that it has names for, and of tags that no commit had, as lines of their own.
  package mutating func add(_ ledger: Ledger) {
    var named: Set<ObservedName> = []
    for index in lines.indices {
      guard let name = ObservedName(written: lines[index].name) else { continue }
      named.insert(name)
      lines[index].seen = ledger.observations(of: name)
    }
    lines += ledger.names.filter { !named.contains($0) }.map { Line(name: $0.familiar, periods: [], seen: ledger.observations(of: $0)) }
    lines.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// The lines that the names choose; all of them without a name.
  package func lines(named names: [String]) -> [Line] {
    names.isEmpty ? lines : lines.filter { line in names.contains { line.isNamed($0) } }
  }
}

extension PinHistory.Line {
  /// Without the tag or the ref.
  package var nameAlone: String {
    let end = name.firstIndex(of: "@") ?? name.lastIndex { $0 == ":" || $0 == "/" }.flatMap { name[$0] == ":" ? $0 : nil }
    return end.map { String(name[..<$0]) } ?? name
  }

  /// Whether it is that reference, or, where that has neither tag nor ref, one of that name.
  package func isNamed(_ name: String) -> Bool {
    self.name == name || self.name.hasPrefix(name + ":") || self.name.hasPrefix(name + "@")
  }

  /// What held at a time, in seconds since 1970; nil where nothing did.
  package func at(_ time: Int64) -> PinHistory.Line? {
    with(
      periods.filter { $0.from.time <= time && ($0.until.map { $0.time > time } ?? true) }, seen.last { $0.time <= time }.map { [$0] } ?? []
    )
  }

  /// What held at a time or began later; nil where nothing did.
  package func since(_ time: Int64) -> PinHistory.Line? {
    with(periods.filter { $0.until.map { $0.time >= time } ?? true }, seen.filter { $0.time >= time })
  }

  private func with(_ periods: [PinHistory.Period], _ seen: [Observation]) -> PinHistory.Line? {
    periods.isEmpty && seen.isEmpty ? nil : PinHistory.Line(name: name, periods: periods, seen: seen)
  }
}
