import Documents
import References
import SourceText

/// The comments of a file by line, and what they mean for the sites beside them.
struct LineComments {
  private var byLine: [Int: Comment] = [:]
  private let stream: DocumentStream
  private let customs: Customs

  init(_ stream: DocumentStream, in text: SourceText, _ customs: Customs = Customs()) {
    self.stream = stream
    self.customs = customs
    for comment in stream.comments { byLine[text.lineIndex(at: comment.range.lowerBound)] = comment }
  }

  /// Gives every site its comment place and tag comment, and skips those that a comment on the line, or alone on the line above, excludes.
  func place(_ sites: inout [Site], in text: SourceText, marker: CommentMarker?) {
    guard !sites.isEmpty else { return }
    let wide = WideScalars(stream.documents, in: text)
    // Of an action in a block scalar, whose own lines take no comment, the line of `|` or `>` does.
    let headers = sites.map { site in site.action.flatMap { _ in wide.block(around: site.range) }.map { text.lineIndex(at: $0.lowerBound) }
    }
    let lines = sites.indices.map { headers[$0] ?? text.lineIndex(at: sites[$0].range.lowerBound) }
    for index in sites.indices {
      let line = lines[index]
      let behind = byLine[line].flatMap { headers[index] != nil || $0.range.lowerBound >= sites[index].range.upperBound ? $0 : nil }
      let near = [behind ?? comment(aloneAbove: line, in: text), comment(aloneAbove: line, in: text)].compactMap { $0?.text }
      // What its comment says of a tag counts for the day on which the mark ends.
      defer { leave(&sites[index], by: near) }
      let isAlone = (index == 0 || lines[index - 1] != line) && (index + 1 == lines.count || lines[index + 1] != line)
      guard isAlone, let marker else { continue }
      let content = text.lineRange(line)
      let end = text.bytes[content].lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? content.upperBound
      guard headers[index] != nil || !wide.hold(end) else { continue }
      let last = byLine[line]
      if marker == .slashes, let last, text.bytes[last.range].starts(with: "/*".utf8) {
        // One that ends on this line can be before a comment of ours; no line comment can be in one that goes on.
        guard last.range.upperBound <= content.upperBound else { continue }
        sites[index].commentPlace = .lineEnd(insertion: end, existing: nil, marker: marker)
        continue
      }
      sites[index].commentPlace = .lineEnd(insertion: end, existing: behind, marker: marker)
      if let behind { sites[index].tagComment = tagComment(behind, of: sites[index], in: text) }
    }
  }

  /// Leaves the site alone where the first of the comments that says anything of that says so.
  private func leave(_ site: inout Site, by comments: [String]) {
    for comment in comments {
      if let robot = customs.commentRobots.first(where: { comment.hasPrefix($0.key) }) {
        site.content = .skipped(.ownedByRobot(robot.value))
        return
      }
      if let mark = IgnoreMark(in: comment) { return site.leave(by: mark) }
    }
  }

  /// The comment, where it names the tag of the site's pin; beside an action that is not pinned, where it begins with a version and says
  /// nothing of it.
  private func tagComment(_ comment: Comment, of site: Site, in text: SourceText) -> TagComment? {
    guard let action = site.action else { return site.image?.tag == nil ? TagComment.parse(comment: comment, in: text) : nil }
    guard let found = TagComment.parse(comment: comment, in: text, naming: .action) else { return nil }
    guard action.commit == nil else { return found }
    switch found.kind {
    case .bare, .word: return found.name == action.ref || GitVersion(found.name) != nil ? found : nil
    case .among: return nil
    case .tag, .pin, .ratchet, .frozen: return found
    }
  }

  private func comment(aloneAbove line: Int, in text: SourceText) -> Comment? {
    guard line > 0, let comment = byLine[line - 1] else { return nil }
    let before = text.bytes[text.lineRange(line - 1).lowerBound..<comment.range.lowerBound]
    return before.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? comment : nil
  }
}
