import Dialects

/// The kinds of files that are known, made from the dialects' own data.
package enum DialectPages {
  /// A name, what it is, and the files that are of it: two lines each.
  package static func list(_ dialects: [Dialect]) -> String {
    let shown = dialects.filter { !$0.isOnlyContext }
    let width = shown.map(\.name.count).max() ?? 0
    return shown.map { dialect in
      let name = dialect.name + String(repeating: " ", count: width - dialect.name.count)
      let lines = "\(name)  \(dialect.title)\n\(String(repeating: " ", count: width + 2))\(dialect.files)\n"
      return lines.filter { $0 != "`" }
    }.joined()
  }

  /// The Markdown page of one: its files, where in them references stand, how a pin is written, and what is left alone. Dialects that
  /// differ only in their files share it.
  package static func page(named name: String, of dialects: [Dialect]) -> String? {
    entries(of: dialects).first { $0.dialects.contains { $0.name == name } }.map { $0.markdown(level: 1, among: dialects) }
  }

  /// All of these pages in one.
  package static func markdown(_ dialects: [Dialect]) -> String {
    entries(of: dialects).map { $0.markdown(level: 2, among: dialects) }.joined(separator: "\n")
  }

  package static func names(_ dialects: [Dialect]) -> [String] { dialects.filter { !$0.isOnlyContext }.map(\.name) }

  private struct Entry {
    var first: Dialect
    var others: [Dialect] = []
    var dialects: [Dialect] { [first] + others }

    func markdown(level: Int, among all: [Dialect]) -> String {
      let title = dialects.map { "\($0.title) (`\($0.name)`)" }.joined(separator: ", ")
      let files = dialects.count == 1 ? first.files : dialects.map { "`\($0.name)`: \($0.files)" }.joined(separator: "; ")
      var text = "\(String(repeating: "#", count: level)) \(title)\n\nFiles: \(files)\n\nReferences:\n\n"
      text += first.references(besides: all).map { "- \($0)\n" }.joined()
      text += "\nWritten as: \(first.writtenForm)\n"
      let reasons = first.leftAlone
      if !reasons.isEmpty { text += "\nLeft alone:\n\n" + reasons.map { "- \($0)\n" }.joined() }
      let sources = dialects.flatMap(\.sources).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      if !sources.isEmpty { text += "\nSources:\n\n" + sources.map { "- <\($0)>\n" }.joined() }
      return text
    }
  }

  private static func entries(of dialects: [Dialect]) -> [Entry] {
    dialects.filter { !$0.isOnlyContext }.reduce(into: []) { entries, dialect in
      if let index = entries.firstIndex(where: { $0.first.reads(as: dialect) }) {
        entries[index].others.append(dialect)
      } else {
        entries.append(Entry(first: dialect))
      }
    }
  }
}

extension Dialect {
  /// Read for what the repository builds, and for nothing else.
  fileprivate var isOnlyContext: Bool { places.allSatisfy { $0.words == nil } && syntaxes.allSatisfy { $0.words == nil } }

  fileprivate func reads(as other: Dialect) -> Bool {
    references(besides: []) == other.references(besides: []) && writtenForm == other.writtenForm && leftAlone == other.leftAlone
  }

  fileprivate var files: String {
    let named = claim.paths.map { "`\($0)`" }.joined(separator: ", ")
    let told = claim.content.map { content in
      let files = content.files.map { "`\($0)`" }.joined(separator: ", ")
      let markers = content.markers.map { marker in
        marker.split(separator: "|").map { text in "`\(text.drop { $0 == "^" })`" }.joined(separator: " or ")
      }
      return "\(files) with \(markers.joined(separator: ", "))" + (hasShape ? ", and nothing that such a file does not have" : "")
    }
    let files = [named, told ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
    return files.isEmpty ? "what other files name" : files
  }

  /// Its places, in the order of its list: those in objects of one kind together; those of another dialect, where it has all of them, in
  /// that one's name.
  fileprivate func references(besides dialects: [Dialect]) -> [String] {
    let base = dialects.filter { !$0.places.isEmpty && $0.places.count < places.count && Set($0.places).isSubset(of: places) }
      .min { $0.name.utf8.count < $1.name.utf8.count }
    let own = places.filter { !(base?.places.contains($0) ?? false) && $0.whyLeftAlone == nil }
    var groups: [(objects: String, paths: [String])] = []
    for place in own {
      guard let words = place.words else { continue }
      let objects = place.condition.objects
      if groups.last?.objects != objects { groups.append((objects, [])) }
      for path in place.paths.shown.map({ "`\($0)`" + (form == .tagAndDigest && place.form == .digest ? "†" : "") + words })
      where !groups[groups.count - 1].paths.contains(path) {
        groups[groups.count - 1].paths.append(path)
      }
    }
    let texts = groups.flatMap { group in group.paths.map { $0 + (group.objects.isEmpty ? "" : " in \(group.objects)") } }
    return syntaxes.compactMap(\.words) + texts + (base.map { ["what `\($0.name)` has"] } ?? [])
  }

  fileprivate var writtenForm: String {
    if places.contains(where: { $0.pinnedPart == .digestKey }) {
      return "`name:tag@digest`, or under the digest's own key"
    }
    let ofDigest = "`name@digest`, the tag in a comment"
    if form == .digest { return ofDigest }
    let ofAction = places.contains { $0.pinnedPart == .ref } ? "; `owner/repo@commit`, the tag in a comment" : ""
    return "`name:tag@digest`\(ofAction)" + (places.contains { $0.form == .digest && $0.words != nil } ? "; †: \(ofDigest)" : "")
  }

  /// The places whose consumer takes no digest, by the reason.
  fileprivate var leftAlone: [String] {
    var reasons: [(why: String, paths: [String])] = []
    for place in places {
      guard let why = place.whyLeftAlone else { continue }
      if reasons.last?.why != why { reasons.append((why, [])) }
      reasons[reasons.count - 1].paths += place.paths.shown.map { "`\($0)`" }
    }
    return reasons.map { "\($0.paths.joined(separator: ", ")): \($0.why)" }
  }
}

extension Place.Condition {
  /// In which objects a place is one, where that is a matter of their kind.
  fileprivate var objects: String {
    switch self {
    case .object(let group, let kinds): kinds.isEmpty ? group : kinds.joined(separator: ", ")
    case .all(let conditions): conditions.map(\.objects).joined()
    default: ""
    }
  }
}
