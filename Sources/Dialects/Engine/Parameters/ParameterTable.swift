import Documents
import SourceText

/// The parameters of one file, and which of their values are images.
///
/// A value is a site if the parameter is the whole of an image somewhere, in a place whose condition holds. It is left alone where the
/// parameter is used in any other way, too: a digest may break that use. A parameter that is handed on to another one is used as that one
/// is.
struct ParameterTable {
  let file: ReadFile
  let scanners: [ParameterNotation: ParameterScanner]
  private(set) var documents: [WalkedDocument] = []
  private(set) var values: [ParameterValue] = []
  private(set) var uses: [(site: Site, use: ParameterUse)] = []

  init(_ file: ReadFile, places: [Place]) {
    self.file = file
    scanners = Dictionary(places.compactMap { $0.reading.parameter?.notation }.map { ($0, ParameterScanner($0)) }) { first, _ in first }
  }

  // MARK: What the walk finds

  mutating func begin(_ document: WalkedDocument) {
    if !scanners.isEmpty { documents.append(document) }
  }

  /// What may be the value of a parameter.
  mutating func add(_ parameter: Parameter, at match: Match, _ place: Place) {
    guard let site = ImageText().site(at: match, of: file) else { return }
    let isTagged = ImageText(certainty: .ifTagged).site(at: match, of: file)?.image != nil
    values.append(
      ParameterValue(match: match, place: place, parameter: parameter, document: documents.count - 1, site: site, isTagged: isTagged))
  }

  /// What was found at a place where a parameter may stand for an image.
  mutating func add(_ sites: [Site], at match: Match, _ place: Place) {
    guard !scanners.isEmpty, let certainty = place.reading.certaintyOfParameters else { return }
    for site in sites where site.kind == .image {
      guard case .skipped = site.content else { continue }
      uses.append((site, ParameterUse(form: site.form, isInScript: site.isInScript, certainty: certainty, match: match)))
    }
  }

  // MARK: What comes of it

  /// The sites of the values that are images.
  func sites() -> [(site: Site, value: ParameterValue)] {
    guard !values.isEmpty else { return [] }
    var comparisons: [Int: Comparisons] = [:]
    return groups().flatMap { group in
      group.values.compactMap { value -> (Site, ParameterValue)? in
        guard group.isImage, group.isCertainImage || value.isTagged || value.isHandedOn else { return nil }
        var site = value.site
        if group.uses.contains(where: { $0.form == .digest }) { site.form = .digest }
        site.isInScript = !group.uses.isEmpty && group.uses.allSatisfy(\.isInScript)
        if case .skipped = site.content { return (site, value) }
        if let why = group.otherUse.map({ $0.why(of: value.name ?? "", line: file.text.position(at: $0.offset).line) })
          ?? group.whyShown(value) ?? comparison(of: value, &comparisons)
        {
          site.content = .skipped(.usedOtherwise(why))
        }
        return (site, value)
      }
    }
  }

  /// Where the value is in a list, or under the parameter's name: an `enum`, or what a condition compares it with.
  private func comparison(of value: ParameterValue, _ known: inout [Int: Comparisons]) -> String? {
    let comparisons = known[value.document] ?? Comparisons(in: documents[value.document])
    known[value.document] = comparisons
    guard let text = value.match.node.scalar?.value, let offset = comparisons.offset(of: text, named: value.name) else { return nil }
    return "the same text in line \(file.text.position(at: offset).line) may be compared with this one; change both by hand"
  }
}

/// The texts of a document that are in lists or in mappings and at no place of the dialect.
private struct Comparisons {
  private struct Written: Hashable {
    var text: String
    /// The key in a mapping; nil in a list.
    var key: String?
  }

  private var first: [Written: Int] = [:]

  /// O(document).
  init(in document: WalkedDocument) {
    let places = Set(document.matches.map { $0.node.range })
    var pending = [document.root]
    while let node = pending.popLast() {
      let inner: [(key: String?, node: Node)] =
        node.members.map { ($0.key.scalar?.value, $0.value) } + node.elements.map { (nil, $0) }
      pending += inner.map(\.node)
      for (key, node) in inner where !places.contains(node.range) {
        guard let text = node.scalar?.value else { continue }
        let written = Written(text: text, key: key)
        first[written] = min(first[written] ?? .max, node.range.lowerBound)
      }
    }
  }

  func offset(of text: String, named name: String?) -> Int? {
    first[Written(text: text)] ?? name.flatMap { first[Written(text: text, key: $0)] }
  }
}
