import Configuration
import Dialects
import Pinning

/// What a commit of a report's changes says: a subject that people would write, and the list of what changed.
package struct CommitMessage {
  /// How many references are listed, and how many files of each.
  static let mostReferences = 100
  static let mostFiles = 5

  private let command: Report.Command
  private let references: [CommittedReference]
  private let fileCount: Int

  /// About the files that are to be written, or have been.
  package init(_ report: Report) {
    command = report.command
    let files = report.files.filter(\.isToBeWritten)
    references = CommittedReference.all(in: files)
    fileCount = files.count
  }

  /// The whole message by that template; nil is the subject and the list.
  package func text(_ template: MessageTemplate? = nil) -> String {
    guard let template else { return "\(subject)\n\n\(body)" }
    var text = ""
    for part in template.parts {
      switch part {
      case .text(let literal): text += literal
      case .field(let field): text += value(of: field)
      }
    }
    return text
  }

  private func value(of field: MessageTemplate.Field) -> String {
    switch field {
    case .subject: subject
    case .body: body
    case .command: command.rawValue
    case .images: "\(count(.image))"
    case .actions: "\(count(.action))"
    case .files: "\(fileCount)"
    }
  }

  // MARK: Subject

  package var subject: String {
    if references.count == 1, let only = references.first { return subject(of: only).visible }
    let added = references.filter { !$0.isPinnedBefore }
    switch command {
    case .update where added.count < references.count:
      let moved = "Update \(Self.counted(references.filter(\.isPinnedBefore), image: "digest", action: "action"))"
      return added.isEmpty ? moved : "\(moved), pin \(Self.counted(added))"
    case .unpin: return "Unpin \(Self.counted(references))"
    default: return "Pin \(Self.counted(references)) to \(count(.image) > 0 ? "digests" : "commits")"
    }
  }

  private func subject(of only: CommittedReference) -> String {
    switch command {
    case .unpin: return "Unpin \(only.name) to \(only.new)"
    case .update where only.isPinnedBefore: return "Update \(only.name) to \(only.new)"
    default: return "Pin \(only.name) to \(only.new)"
    }
  }

  private static func counted(_ references: [CommittedReference], image: String = "image", action: String = "action") -> String {
    let counts = [(references.count { $0.kind == .image }, image), (references.count { $0.kind == .action }, action)]
    return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " and ")
  }

  private func count(_ kind: Site.Kind) -> Int { references.count { $0.kind == kind } }

  // MARK: Body

  package var body: String {
    var lines: [String] = []
    for reference in references.prefix(Self.mostReferences) {
      // With the hyphen it is not a trailer, for which git takes 'nginx: …' at the end of a message.
      lines.append("- " + reference.line)
      if let followed = reference.followed { lines.append("  " + followed.visible) }
      lines.append("  " + Self.list(reference.files))
    }
    let rest = references.count - Self.mostReferences
    if rest > 0 { lines += ["", "… and \(rest) more \(rest == 1 ? "reference" : "references") in \(fileCount) files"] }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func list(_ files: [String]) -> String {
    let rest = files.count - mostFiles
    return files.prefix(mostFiles).map(\.visible).joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more \(rest == 1 ? "file" : "files")" : "")
  }
}
