import References

/// One table of many repositories, the worst first.
package struct MergedReport: Sendable {
  package let repositories: [RepositoryReport]

  package init(_ repositories: [RepositoryReport]) {
    self.repositories = repositories.sorted { left, right in
      let (one, other) = (left.weights, right.weights)
      return one == other ? left.name.utf8.lexicographicallyPrecedes(right.name.utf8) : other.lexicographicallyPrecedes(one)
    }
  }

  /// Of some of them nothing is known.
  package var hasFailure: Bool { repositories.contains { $0.problem != nil } }

  static let header = ["repository", "errors", "warnings", "latest", "floating", "version", "digest", "unknown", "fails by"]

  /// A row for each repository, without numbers where none are known.
  var rows: [[String]] { repositories.map { [$0.name] + $0.counts.map($0.problem == nil ? String.init : { _ in "" }) + [$0.why] } }

  /// And one for all of them.
  var total: [String] {
    let counts = repositories.map(\.counts).reduce(Array(repeating: 0, count: Self.header.count - 2)) { zip($0, $1).map(+) }
    return ["\(repositories.count) in all"] + counts.map(String.init) + [""]
  }
}

extension RepositoryReport {
  /// In the order of the columns.
  fileprivate var counts: [Int] {
    [errors, warnings] + [Level.latest, .floating, .version, .digest].map { levels[$0] ?? 0 } + [unknown]
  }

  /// What makes a repository worse than another; the weightiest first.
  fileprivate var weights: [Int] { [problem == nil ? 0 : 1] + counts.prefix(4) }

  fileprivate var why: String { problem ?? rules.map { "\($0.rule) \($0.count)" }.joined(separator: ", ") }
}

extension MergedReport {
  /// Below the columns.
  private static let key = """

    unknown: references that can change, and whose level nobody knows; fails by: the rules of the errors, which 'tagpin explain RULE' explains

    """

  /// Columns for people.
  package var text: String {
    let lines = [Self.header] + rows.map { $0.map(\.visible) } + [total]
    let widths = Self.header.indices.map { column in lines.map { $0[column].unicodeScalars.count }.max() ?? 0 }
    return lines.map { line in
      let cells = line.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
        // Names and words begin where their column does, numbers end there.
        return column == 0 ? cell + padding : column == Self.header.count - 1 ? cell : padding + cell
      }
      return cells.joined(separator: "  ").trimmingTrailingBlanks + "\n"
    }.joined() + Self.key
  }

  package var markdown: String {
    let head = "| \(Self.header.joined(separator: " | ")) |\n| --- |\(String(repeating: " ---: |", count: Self.header.count - 2)) --- |\n"
    let lines = rows.map { row in
      [MarkdownText.code(row[0])] + row[1..<(row.count - 1)] + [row.last.map { $0.isEmpty ? "" : MarkdownText.code($0) } ?? ""]
    }
    return head + (lines + [total]).map { "| \($0.joined(separator: " | ")) |\n" }.joined()
  }

  package var csv: String { CSV.text(of: [Self.header] + rows) }

  /// ```
  /// {"version": 1, "command": "report merge", "repositories": [
  ///  {"name": "acme/shop", "uri": "https://github.com/acme/shop", "commit": "3f2c…",
  ///   "levels": {"digest": 40, "version": 2, "floating": 9, "latest": 3}, "unknown": 1,
  ///   "errors": 12, "warnings": 0, "rules": {"floating-tag": 9, "latest-tag": 3}, "problem": null}]}
  /// ```
  /// `unknown` can change, and its level is not known; `problem` says why nothing was counted.
  package var json: String {
    let values = repositories.map { repository -> JSONValue in
      let levels = [Level.digest, .version, .floating, .latest]
      return .object([
        ("name", .string(repository.name)), ("uri", .optional(repository.uri)), ("commit", .optional(repository.commit)),
        ("levels", .object(levels.map { ($0.rawValue, .integer(repository.levels[$0] ?? 0)) })), ("unknown", .integer(repository.unknown)),
        ("errors", .integer(repository.errors)),
        ("warnings", .integer(repository.warnings)),
        ("rules", .object(repository.rules.map { ($0.rule, .integer($0.count)) })), ("problem", .optional(repository.problem)),
      ])
    }
    return JSONValue.object([
      ("version", .integer(1)), ("command", .string("report merge")), ("repositories", .array(values)),
    ]).document
  }
}

extension String {
  fileprivate var trimmingTrailingBlanks: String { String(decoding: Array(utf8.reversed().drop { $0 == 0x20 }.reversed()), as: UTF8.self) }
}
