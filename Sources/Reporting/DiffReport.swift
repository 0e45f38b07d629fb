import Dialects
import Pinning
import References
import Verifying

/// The references that differ between two versions of a repository, for people and for programs.
package struct DiffReport {
  package var changes: [ReferenceChange]
  /// As the user named them; the second one nil for the work tree.
  package var from: String
  package var to: String?

  package init(_ changes: [ReferenceChange], from: String, to: String?) {
    self.changes = changes
    self.from = from
    self.to = to
  }

  private var range: String { "\(from.visible)..\(to?.visible ?? "the work tree")" }

  private var sentence: String {
    let files = Set(changes.map { PathKey($0.path) }).count
    guard !changes.isEmpty else { return "no reference differs in \(range)" }
    return
      "\(changes.count) \(changes.count == 1 ? "reference differs" : "references differ") in \(files == 1 ? "1 file" : "\(files) files") (\(range))"
  }

  /// Lines grouped by file, then one that sums up.
  package func text(colour: Bool) -> String {
    let ink = Ink(isOn: colour)
    var lines: [String] = []
    var file: PathKey?
    for change in changes {
      if PathKey(change.path) != file {
        if file != nil { lines.append("") }
        let renamed = change.oldPath.map { " (was \($0.visible))" } ?? ""
        lines.append(ink(.bold, change.path.visible) + renamed)
        file = PathKey(change.path)
      }
      lines.append("  \(ink(.dim, "\(change.line)"))  \(change.place.visible)  \(change.words)")
    }
    if !lines.isEmpty { lines.append("") }
    return (lines + [sentence]).map { $0 + "\n" }.joined()
  }

  package var markdown: String {
    var page = "\(MarkdownText.code("tagpin diff")): \(sentence)\n"
    guard !changes.isEmpty else { return page }
    page += "\n| place | old | new |\n| --- | --- | --- |\n"
    for change in changes {
      let cells = ["\(change.path):\(change.line)", change.old?.text ?? "", change.new?.text ?? ""]
      page += "| \(cells.map { $0.isEmpty ? "" : MarkdownText.code($0) }.joined(separator: " | ")) |\n"
    }
    return page
  }

  /// ```
  /// {"version": 1, "command": "diff", "from": "v1.0", "to": null, "changes": [
  ///  {"path": "compose.yaml", "oldPath": null, "place": "services.web.image",
  ///  "line": 4, "old": {"name": "nginx:1.27", "content": "sha256:…"}, "new": {"name": "nginx:1.27", "content": "sha256:…"}}]}
  /// ```
  /// `old` or `new` is null where nothing stood there; `content` is null where no digest or commit did; `to` is null for the work tree.
  package var json: String {
    func value(_ reference: PinnedReference?) -> JSONValue {
      reference.map { .object([("name", .string($0.name)), ("content", .optional($0.content))]) } ?? .null
    }
    return JSONValue.object([
      ("version", .integer(1)), ("command", .string("diff")), ("from", .string(from)), ("to", .optional(to)),
      (
        "changes",
        .array(
          changes.map {
            .object([
              ("path", .string($0.path)), ("oldPath", .optional($0.oldPath)), ("place", .string($0.place)), ("line", .integer($0.line)),
              ("old", value($0.old)), ("new", value($0.new)),
            ])
          })
      ),
    ]).document
  }
}

extension PinnedReference {
  /// `nginx:1.27@sha256:4c1f0a9b2d3e…`
  var text: String { name + (content.map { "@\($0.abbreviatingContent)" } ?? "") }
}

extension ReferenceChange {
  fileprivate var words: String {
    switch (old, new) {
    case (let old?, let new?) where old.name == new.name:
      "\(new.name.visible)  \(old.content?.abbreviatingContent ?? "unpinned") → \(new.content?.abbreviatingContent ?? "unpinned")"
    case (let old?, let new?): "\(old.text.visible) → \(new.text.visible)"
    case (let old?, nil): "removed: \(old.text.visible)"
    case (nil, let new?): "added: \(new.text.visible)"
    case (nil, nil): ""
    }
  }
}
