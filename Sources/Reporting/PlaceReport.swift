import Dialects
import Pinning
import References
import Rules
import SourceText

/// What is in one place of a file: what found it, how it was read, what is done with it and why, and what else could be done.
package struct PlaceReport {
  private let file: FileReport
  private let sites: [SiteReport]

  /// The references of that line and column of the file; of all of them without.
  package init(_ file: FileReport, line: Int? = nil, column: Int? = nil) {
    self.file = file
    let inLine = file.sites.filter { line == nil || $0.position.line == line }
    let atColumn = inLine.filter { site in
      guard let column else { return true }
      return (site.position.column...site.position.column + site.site.text.unicodeScalars.count).contains(column)
    }
    // An editor's cursor may be anywhere in the line.
    sites = atColumn.isEmpty ? inLine : atColumn
  }

  package var isEmpty: Bool { sites.isEmpty && file.state == nil }

  /// The lines of the file in which there are references.
  package var lines: [Int] { file.sites.map(\.position.line).reduce(into: []) { if $0.last != $1 { $0.append($1) } } }

  package var text: String {
    var blocks: [String] = []
    if let state = file.state {
      let position = state.position.map { ":\($0)" } ?? ""
      blocks.append(block("\(file.shownPath.visible)\(position)", [("state", state.words.visible)] + about(state.rule)))
    }
    blocks += sites.map { site in
      block("\(file.shownPath.visible):\(site.position): \(site.shownText)", facts(of: site) + about(rule(of: site)) + choices(for: site))
    }
    return blocks.joined(separator: "\n")
  }

  package var json: String {
    let places = sites.map { site in
      JSONValue.object(
        [
          ("path", .string(file.path)), ("line", .integer(site.position.line)), ("column", .integer(site.position.column)),
          ("text", .string(site.site.text)), ("place", .string(site.site.place.description)), ("dialect", .optional(file.dialect)),
          ("pattern", .optional(site.site.pattern)), ("reference", .optional(site.site.meaning)), ("state", .string(site.state.code)),
          ("reason", .optional(site.state.reason)), ("rule", rule(of: site).value), ("exclusion", .optional(site.site.exclusion)),
        ])
    }
    let state = file.state.map { JSONValue.object([("reason", .string($0.words)), ("rule", $0.rule.value)]) } ?? .null
    return JSONValue.object([("version", .integer(1)), ("path", .string(file.path)), ("file", state), ("places", .array(places))]).document
  }

  private typealias Fact = (name: String, text: String)

  private func facts(of site: SiteReport) -> [Fact] {
    var facts: [Fact] = [("place", site.site.place.description.visible)]
    if let dialect = file.dialect {
      facts.append(("found by", ([dialect] + [site.site.pattern].compactMap(\.self)).joined(separator: ", ").visible))
    }
    if let meaning = site.site.meaning { facts.append(("read as", meaning.visible)) }
    facts.append(("state", site.state.code + (site.state.reason.map { ": \($0.visible)" } ?? "")))
    return facts
  }

  /// Of what is unpinned, the one that `check` names.
  private func rule(of site: SiteReport) -> Rule { site.state == .unpinned ? site.looseRule : site.state.rule }

  private func about(_ rule: Rule) -> [Fact] {
    [("rule", rule.id), ("", rule.what), ("why", rule.why), ("what to do", rule.advice)]
  }

  private func choices(for site: SiteReport) -> [Fact] {
    guard site.state.code != "skipped", let exclusion = site.site.exclusion else { return [] }
    return [("or leave out", "\(exclusion), in .tagpin.yaml; or a comment 'tagpin: ignore' on the line, where the file has comments")]
  }

  private func block(_ heading: String, _ facts: [Fact]) -> String {
    let width = 12
    return heading + "\n" + facts.map { "  \($0.name)\(String(repeating: " ", count: width - $0.name.count))  \($0.text)\n" }.joined()
  }
}

extension Site {
  /// The whole name of what it means; nil where it is not read as a reference.
  fileprivate var meaning: String? {
    switch content {
    case .image(let image): "the image \(image.normalised)" + (image.tag == nil && image.digest == nil ? ", without a tag" : "")
    case .action(let action): "the ref '\(action.ref)' of \(action.repository)"
    case .skipped, .failed: nil
    }
  }
}

extension SiteState {
  fileprivate var reason: String? {
    switch self {
    case .skipped(let reason): reason.description
    case .failed(let failure): failure.description
    default: nil
    }
  }
}

extension FileReport.State {
  fileprivate var words: String {
    switch self {
    case .skipped(_, let reason, _): "skipped: \(reason)"
    case .failed(_, let problem, _): "failed: \(problem)"
    }
  }

  fileprivate var position: SourcePosition? {
    switch self {
    case .skipped(_, _, let position), .failed(_, _, let position): position
    }
  }
}
