import Documents
import SourceText

/// The parameters of one file, and which of their values are images.
///
/// A value is a site if the parameter is the whole of an image somewhere, in a place whose condition holds. It is left alone where the
/// parameter is used in any other way, too: a digest may break that use. A parameter that is handed on to another one is used as that one
/// is.
struct ParameterTable {
  let file: ReadFile
  var scanners: [ParameterNotation: ParameterScanner] { file.dialect.scanners }
  private(set) var documents: [WalkedDocument] = []
  private(set) var values: [ParameterValue] = []
  private(set) var declarations: [ParameterDeclaration] = []
  private(set) var uses: [(site: Site, use: ParameterUse)] = []

  init(_ file: ReadFile) { self.file = file }

  // MARK: What the walk finds

  mutating func begin(_ document: WalkedDocument) {
    if !scanners.isEmpty { documents.append(document) }
  }

  /// What may be the value of a parameter, or declares one.
  mutating func add(_ parameter: Parameter, at match: Match, _ place: Place) {
    let callees = place.reading.callees(at: match, in: documents[documents.count - 1])
    if parameter.role == .declared {
      guard !callees.isEmpty else { return }
      declarations.append(
        ParameterDeclaration(
          match: match, parameter: parameter, document: documents.count - 1, owners: callees, limit: place.reading.limit(at: match)))
      return
    }
    guard let site = ImageText().site(at: match, of: file) else { return }
    let isTagged = ImageText(certainty: .ifTagged).site(at: match, of: file)?.image != nil
    values.append(
      ParameterValue(
        match: match, place: place, parameter: parameter, document: documents.count - 1, site: site, isTagged: isTagged,
        callees: callees))
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

  /// The sites of the values that are images by what this file says, and what other files have to know.
  func outcome() -> (sites: [(site: Site, value: ParameterValue)], nodes: [(node: ParameterNode, values: [ParameterValue])]) {
    guard !values.isEmpty || !declarations.isEmpty else { return ([], []) }
    let (groups, givers) = groups()
    var comparisons: [Int: Comparisons] = [:]
    let sites = Self.handingOn(groups, givers).flatMap { group in
      group.values.compactMap { value -> (Site, ParameterValue)? in
        let isImage = group.traits.contains(.certainImage) || value.isTagged || value.isHandedOn
        guard group.traits.contains(.image), isImage else { return nil }
        var site = value.site
        if group.traits.contains(.digestAlone) { site.form = .digest }
        site.isInScript = !group.traits.contains(.outsideScripts)
        if case .skipped = site.content { return (site, value) }
        if let why = group.otherUse.map({ $0.kind.why(of: value.name ?? "", line: line(at: $0.offset)) })
          ?? group.whyShown(value) ?? comparison(of: value, &comparisons)
        {
          site.content = .skipped(.usedOtherwise(why))
        }
        return (site, value)
      }
    }
    return (sites, nodes(groups, givers, &comparisons))
  }

  /// What other files have to know of the parameters; nothing where no other file can give them values, or has any of what is called.
  private func nodes(_ groups: [ParameterGroup], _ givers: [[(giver: Int, place: Int)]], _ comparisons: inout [Int: Comparisons]) -> [(
    node: ParameterNode, values: [ParameterValue]
  )] {
    guard groups.contains(where: { !$0.owners.isEmpty || $0.callees != nil }) else { return [] }
    let isOpen = Self.reaching(groups, givers)
    var nodes = groups.indices.map { index in
      let group = groups[index]
      var node = ParameterNode(name: group.name, traits: group.traits, owners: group.owners, callees: group.callees)
      node.otherUse = group.otherUse.map { .init(kind: $0.kind, line: line(at: $0.offset)) }
      let values = isOpen[index] ? group.values : []
      node.values = values.map {
        .init(site: $0.site, isTagged: $0.isTagged, why: group.whyShown($0) ?? comparison(of: $0, &comparisons))
      }
      return (node: node, values: values)
    }
    for (receiver, givers) in givers.enumerated() {
      for (giver, offset) in givers { nodes[giver].node.receivers.append((line(at: offset), receiver)) }
    }
    return nodes
  }

  /// Which of the parameters' values may be given to what is in another file.
  private static func reaching(_ groups: [ParameterGroup], _ givers: [[(giver: Int, place: Int)]]) -> [Bool] {
    var isOpen = groups.map { $0.callees != nil }
    var pending = groups.indices.filter { isOpen[$0] }
    while let index = pending.popLast() {
      for (giver, _) in givers[index] where !isOpen[giver] {
        isOpen[giver] = true
        pending.append(giver)
      }
    }
    return isOpen
  }

  private func line(at offset: Int) -> Int { file.text.position(at: offset).line }

  /// Where the value is in a list, or under the parameter's name: an `enum`, or what a condition compares it with.
  private func comparison(of value: ParameterValue, _ known: inout [Int: Comparisons]) -> String? {
    let comparisons = known[value.document] ?? Comparisons(in: documents[value.document], file.dialect)
    known[value.document] = comparisons
    guard let text = value.match.node.scalar?.value, let offset = comparisons.offset(of: text, named: value.name) else { return nil }
    return "the same text in line \(line(at: offset)) may be compared with this one; change both by hand"
  }
}

/// The texts of a document that are in lists or in mappings, and at no place of the dialect where images stand. Where most texts are none,
/// they count.
private struct Comparisons {
  private struct Written: Hashable {
    var text: String
    /// The key in a mapping; nil in a list.
    var key: String?
  }

  private var first: [Written: Int] = [:]

  /// O(document).
  init(in document: WalkedDocument, _ dialect: Dialect) {
    let matches = document.matches.filter { match in
      let reading = dialect.placesOfPaths[match.pathIndex].reading
      return !reading.isLoose || reading.parameter != nil
    }
    let places = Set(matches.map { $0.node.range })
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
