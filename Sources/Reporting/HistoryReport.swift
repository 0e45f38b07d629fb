import Git
import References
import Rules
import Verifying

/// Every digest that references had, for people and for programs.
package struct HistoryReport {
  package var lines: [PinHistory.Line]
  /// Where history was asked for at one time: seconds since 1970.
  package var at: Int64?
  /// Commits before the first one were not fetched.
  package var isShallow: Bool

  package init(_ lines: [PinHistory.Line], at time: Int64? = nil, isShallow: Bool = false) {
    self.lines = lines
    self.at = time
    self.isShallow = isShallow
  }

  package func text(colour: Bool) -> String {
    let ink = Ink(isOn: colour)
    var blocks = lines.map { line in
      let periods = line.periods.map { period in
        let what = period.content.map(\.abbreviatingContent) ?? ink(.yellow, "unpinned")
        let files = period.files.prefix(2).map(\.visible).joined(separator: ", ")
        let more = period.files.count > 2 ? " and \(period.files.count - 2) more" : ""
        let end = period.until.map { ", until \(day($0.time))" } ?? ""
        return "  \(ink(.dim, day(period.from.time)))  \(what)  \(period.from.shown)\(files.isEmpty ? "" : ", in \(files)\(more)")\(end)"
      }
      let seen = line.seen.map { "  \(ink(.dim, day($0.time)))  \($0.content.abbreviated)  seen by the ledger" }
      return ([ink(.bold, line.name.visible)] + periods + seen).map { $0 + "\n" }.joined()
    }
    if isShallow {
      blocks.append("this clone is shallow: what was pinned before its first commit is not known; 'git fetch --unshallow' gets it\n")
    }
    if lines.isEmpty { blocks.append("no references found\n") }
    return blocks.joined(separator: "\n")
  }

  /// ```
  /// {"version": 1, "command": "history", "at": null, "shallow": false, "references": [
  ///  {"name": "nginx:1.27", "periods": [{"content": "sha256:…",
  ///  "files": ["compose.yaml"], "from": {"commit": "…", "author": "Ada", "time": "2026-03-01T09:00:00Z", "summary": "…"},
  ///  "until": null}], "seen": [{"content": "sha256:…", "time": "2026-03-01T09:00:00Z"}]}]}
  /// ```
  /// `content` is null while the tag stood alone, `until` is null where a period still holds.
  package var json: String {
    func value(_ commit: CommitRecord) -> JSONValue {
      .object([
        ("commit", .string(commit.id)), ("author", .string(commit.author)), ("time", .string(UTCTime.text(commit.time))),
        ("summary", .string(commit.summary)),
      ])
    }
    return JSONValue.object([
      ("version", .integer(1)), ("command", .string("history")), ("at", .optional(at.map(UTCTime.text))), ("shallow", .bool(isShallow)),
      (
        "references",
        .array(
          lines.map { line in
            .object([
              ("name", .string(line.name)),
              (
                "periods",
                .array(
                  line.periods.map {
                    .object([
                      ("content", .optional($0.content)), ("files", .array($0.files.map(JSONValue.string))), ("from", value($0.from)),
                      ("until", $0.until.map(value) ?? .null),
                    ])
                  })
              ),
              (
                "seen",
                .array(
                  line.seen.map { .object([("content", .string($0.content.description)), ("time", .string(UTCTime.text($0.time)))]) })
              ),
            ])
          })
      ),
    ]).document
  }

  private func day(_ time: Int64) -> String { String(UTCTime.text(time).prefix(10)) }
}

extension CommitRecord {
  /// `1a2b3c4d5e6f (Ada)`
  fileprivate var shown: String { "\(id.prefix(12)) (\(author.visible))" }
}
