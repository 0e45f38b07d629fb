import Documents

/// What is called with values for its parameters, or what is called so.
package enum Callee: Hashable, Sendable {
  /// The one of a kind and a name in the repository: `Task build`.
  case named(String)
  /// What is in this file.
  case file(FileNames)
  /// What is in the file that says so.
  case itself
  /// The one of a name in the same document, which begins at this byte.
  case here(Int, String)
}

extension Callee {
  /// What is said of a value that may be an image, as long as nobody knows what it is given to.
  static let whyLeftAlone =
    "what it is given to is written elsewhere, and may run this image or make it; if it runs it, write the digest by hand"
}

/// How callers name what they call, or how a file says what it is to them.
protocol CalleeNaming: Hashable, Sendable {
  /// In a call, the likeliest first: the first that is found is meant. Of a declaration, all that it is. Empty where nobody can tell.
  func callees(at match: Match, in document: WalkedDocument) -> [Callee]
}

/// The value of a parameter of something that may be in another file.
struct GivenAway<Naming: CalleeNaming>: PlaceReading {
  let given: Parameter
  let naming: Naming

  /// `notation` is that in which what is called uses it.
  init(_ name: Parameter.Name, to naming: Naming, _ notation: ParameterNotation) {
    given = Parameter(name: name, scope: .elsewhere, role: .given, notation)
    self.naming = naming
  }

  var parameter: Parameter? { given }

  func callees(at match: Match, in document: WalkedDocument) -> [Callee] { naming.callees(at: match, in: document) }
}

/// Where a parameter is declared that other files may give a value.
struct Declared<Naming: CalleeNaming>: PlaceReading {
  let declared: Parameter
  let naming: Naming
  /// The keys beside its name, or in its mapping, that say which values it takes.
  let limits: [String]

  init(
    _ name: Parameter.Name, of naming: Naming, scope: Parameter.Scope = .document, limits: [String] = [], _ notation: ParameterNotation
  ) {
    declared = Parameter(name: name, scope: scope, role: .declared, notation)
    self.naming = naming
    self.limits = limits
  }

  var words: String? { nil }
  var parameter: Parameter? { declared }

  func callees(at match: Match, in document: WalkedDocument) -> [Callee] { naming.callees(at: match, in: document) }

  func limit(at match: Match) -> Int? {
    let mapping = if case .sibling = declared.name { match.mappings.last } else { match.node }
    return limits.lazy.compactMap { mapping?[$0]?.range.lowerBound }.first
  }
}
