import Pinning
import SourceText

/// A report's changes as a patch in git's format, which `git apply` takes at the repository's root to the byte.
package enum UnifiedDiff {
  static let contextLines = 3

  /// One patch for every file with changes, written or not; empty where there are none. The bytes of the files are in it as they are,
  /// except with `colour`: there, on a terminal, control characters are escaped.
  package static func render(_ report: Report, colour: Bool = false) -> [UInt8] {
    report.files.flatMap { file in
      file.change.map { render(path: file.path, $0, colour: colour) } ?? []
    }
  }

  /// The path is relative to the repository's root. Empty where the bytes are the same.
  package static func render(path: String, _ change: FileReport.Change, colour: Bool = false) -> [UInt8] {
    let diff = LineEdits(change.original.bytes, change.bytes, change.splices)
    let edits = diff.edits
    guard !edits.isEmpty else { return [] }
    var patch = Patch(isColoured: colour)
    let old = GitPath.quoted("a/" + path)
    let new = GitPath.quoted("b/" + path)
    // A tab behind a name with a space keeps other readers of patches from taking the rest for a date.
    let tab = path.utf8.contains(UInt8(ascii: " ")) ? "\t" : ""
    patch.append(.bold, "diff --git \(old) \(new)")
    patch.append(.bold, "--- \(old)\(tab)")
    patch.append(.bold, "+++ \(new)\(tab)")
    for hunk in hunks(edits) { append(hunk, of: diff, to: &patch) }
    return patch.bytes
  }

  /// Edits whose context would touch or overlap belong together.
  private static func hunks(_ edits: [LineEdits.Edit]) -> [[LineEdits.Edit]] {
    var hunks: [[LineEdits.Edit]] = []
    for edit in edits {
      if let last = hunks.last?.last, edit.old.lowerBound - last.old.upperBound <= 2 * contextLines {
        hunks[hunks.count - 1].append(edit)
      } else {
        hunks.append([edit])
      }
    }
    return hunks
  }

  private static func append(_ edits: [LineEdits.Edit], of diff: LineEdits, to patch: inout Patch) {
    guard let first = edits.first, let last = edits.last else { return }
    let before = min(contextLines, first.old.lowerBound)
    let after = min(contextLines, diff.oldLines.count - last.old.upperBound)
    let old = (first.old.lowerBound - before)..<(last.old.upperBound + after)
    let new = (first.new.lowerBound - before)..<(last.new.upperBound + after)
    patch.append(.cyan, "@@ -\(header(old)) +\(header(new)) @@")
    var position = old.lowerBound
    for edit in edits {
      for line in diff.oldLines[position..<edit.old.lowerBound] { patch.append(" ", line, nil) }
      for line in diff.oldLines[edit.old] { patch.append("-", line, .red) }
      for line in diff.newLines[edit.new] { patch.append("+", line, .green) }
      position = edit.old.upperBound
    }
    for line in diff.oldLines[position..<old.upperBound] { patch.append(" ", line, nil) }
  }

  /// First line and number of lines; an empty range names the line before it, and a count of 1 is left out.
  private static func header(_ lines: Range<Int>) -> String {
    switch lines.count {
    case 0: "\(lines.lowerBound),0"
    case 1: "\(lines.lowerBound + 1)"
    case let count: "\(lines.lowerBound + 1),\(count)"
    }
  }
}

/// The bytes of a patch as they grow.
private struct Patch {
  var isColoured: Bool
  var bytes: [UInt8] = []

  mutating func append(_ style: Ink.Style, _ text: String) {
    bytes += Ink(isOn: isColoured)(style, text).utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func append(_ mark: Unicode.Scalar, _ line: ArraySlice<UInt8>, _ style: Ink.Style?) {
    let content = line.last == UInt8(ascii: "\n") ? line.dropLast() : line
    if isColoured {
      let isCRLF = content.count < line.count && content.last == UInt8(ascii: "\r")
      let shown = String(decoding: isCRLF ? content.dropLast() : content, as: UTF8.self).escapingControls(except: ["\t"])
      bytes += Ink(isOn: true)(style, "\(mark)\(shown)").utf8
      if isCRLF { bytes.append(UInt8(ascii: "\r")) }
    } else {
      bytes.append(UInt8(ascii: mark))
      bytes += content
    }
    bytes.append(UInt8(ascii: "\n"))
    if content.count == line.count { bytes += "\\ No newline at end of file\n".utf8 }
  }
}
