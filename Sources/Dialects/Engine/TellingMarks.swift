/// Texts without which a file of a dialect says nothing of other images and files: the keys of the paths where it could, and what their
/// conditions ask for. They are looked for in a file's bytes, so that most files need not be parsed where only that is asked. A key that is
/// written with escapes is not found.
package struct TellingMarks: Sendable {
  /// What one path needs: of each list one text.
  private struct Statement {
    var needs: [[ContentMarks.Mark]]
    var isOfImagesOnly: Bool
  }

  /// nil where any file may say something.
  private let statements: [Statement]?

  package init(_ dialect: Dialect) {
    guard !dialect.syntaxes.contains(where: \.tellsOfOthers) else {
      statements = nil
      return
    }
    statements = dialect.places.filter(\.reading.tellsOfOthers).flatMap { place in
      place.paths.all.map { path in
        let keys = path.steps.compactMap { step in if case .key(let key) = step { [ContentMarks.Mark(anywhere: key)] } else { nil } }
        // The longest first: most files have the words that are short.
        let needs = (place.condition.needs + keys).sorted { $0.shortest > $1.shortest }
        return Statement(needs: needs, isOfImagesOnly: place.reading.tellsOfImagesOnly)
      }
    }
  }

  /// All texts that are looked for.
  package var all: [ContentMarks.Mark] { statements?.flatMap { $0.needs.flatMap(\.self) } ?? [] }

  /// Whether a file of that content may say something of other files, or of one of these images, outside of its shell lines; nil stands for
  /// any image. Images are told by the last part of their names, as a registry or a variable may be before it.
  package func mayTell(_ content: inout ContentMarks, ofImages names: [ContentMarks.Mark]?) -> Bool {
    guard let statements else { return true }
    for statement in statements where statement.needs.allSatisfy({ texts in texts.contains { content.hold($0) } }) {
      if !statement.isOfImagesOnly { return true }
      guard let names else { return true }
      if names.contains(where: { content.hold($0) }) { return true }
    }
    return false
  }
}

extension Place.Condition {
  /// What a file must hold for it: of each list one text.
  fileprivate var needs: [[ContentMarks.Mark]] {
    switch self {
    case .always, .not, .underKey, .key: []
    case .all(let conditions): conditions.flatMap(\.needs)
    case .value(let test): test.needs
    case .around(_, let keys, let test): keys.names.map { [ContentMarks.Mark(anywhere: $0)] } + test.needs
    case .kubernetesObject: [[ContentMarks.Mark(anywhere: "apiVersion")]]
    case .object(let group, let kinds):
      [[ContentMarks.Mark(anywhere: group)]] + (kinds.isEmpty ? [] : [kinds.map { ContentMarks.Mark(anywhere: $0) }])
    }
  }
}

extension TextTest {
  fileprivate var needs: [[ContentMarks.Mark]] {
    switch self {
    case .any, .lacks: []
    case .isOneOf(let texts), .endsWithOneOf(let texts), .containsOneOf(let texts): [texts.map { ContentMarks.Mark(anywhere: $0) }]
    case .begins(let start): [[ContentMarks.Mark(anywhere: start)]]
    }
  }
}

extension [ContentMarks.Mark] {
  /// The bytes of the shortest of them.
  fileprivate var shortest: Int { map(\.bytes.count).min() ?? 0 }
}
