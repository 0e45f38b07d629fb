import Documents

/// The places of a document where a parameter may stand for a whole image.
struct ParameterUses {
  /// First bytes of the images that are written like this, without white space.
  private var byText: [String: [Int]] = [:]
  /// First byte of the first element of a list with this text, or of the first member of a mapping with this key and text, that is no image itself.
  private var elsewhere: [Written: Int] = [:]

  private struct Written: Hashable {
    var text: String
    var key: String?
  }

  /// O(document), and only for dialects that have parameters.
  init(of walked: WalkedDocument, places: [Place]) {
    guard places.contains(where: { $0.reading.parameter?.texts != nil }) else { return }
    for match in walked.matches where (places[match.pathIndex].reading as? ImageText)?.usesParameters ?? false {
      guard let value = match.node.scalar?.value, Literal.placeholder(in: value) != nil else { continue }
      byText[String(value.filter { !$0.isWhitespace }), default: []].append(match.node.range.lowerBound)
    }
    guard !byText.isEmpty else { return }
    let images = Set(walked.matches.map { $0.node.range })
    var pending = [walked.root]
    while let node = pending.popLast() {
      let values: [(key: String?, node: Node)]
      switch node.content {
      case .scalar, .alias: continue
      case .mapping(let members): values = members.map { ($0.key.scalar?.value, $0.value) }
      case .sequence(let elements): values = elements.map { (nil, $0) }
      }
      pending += values.map(\.node)
      for (key, node) in values where !images.contains(node.range) {
        guard let text = node.scalar?.value else { continue }
        let written = Written(text: text, key: key)
        elsewhere[written] = min(elsewhere[written] ?? .max, node.range.lowerBound)
      }
    }
  }

  /// Whether an image in the parameter's scope is wholly that parameter, whose value the match is. Where there is no parameter, nothing is asked; the uses of variables
  /// are looked for in the whole file later.
  func fill(_ parameter: Parameter?, _ match: Match) -> Bool {
    guard let parameter, let texts = parameter.texts else { return true }
    guard !byText.isEmpty, let name = name(of: parameter, match) else { return false }
    let scope = parameter.scope.flatMap { match.mappings.dropLast($0).last }
    guard parameter.scope == nil || scope != nil else { return false }
    return texts.contains { text in
      byText[text.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false).joined(separator: name)]?
        .contains { scope?.range.contains($0) ?? true } ?? false
    }
  }

  /// Where the parameter's value stands in a list, or under the parameter's name: an `enum`, or what a condition compares it with.
  func comparison(of parameter: Parameter, _ match: Match) -> Int? {
    guard parameter.texts != nil, let text = match.node.scalar?.value else { return nil }
    return elsewhere[Written(text: text)] ?? elsewhere[Written(text: text, key: name(of: parameter, match))]
  }

  private func name(of parameter: Parameter, _ match: Match) -> String? {
    switch parameter.name {
    case .sibling(let key): return match.mappings.last?[key]?.scalar?.value
    case .key(let levels):
      return match.mappings.dropLast(levels).last?.members.member(around: match.node.range)?.key.scalar?.value
    }
  }
}

extension Parameter {
  fileprivate var texts: [String]? {
    if case .texts(let texts) = uses { texts } else { nil }
  }
}
