import Synchronization

/// The dialects of texts in the files of one dialect. Each is made once: what its automata have learned of one text need not be found out
/// again in the next.
final class InnerDialects: Sendable {
  private struct Kind: Hashable {
    var syntax: Syntax
    var places: [Place]
  }

  private let known = Mutex<[Kind: Dialect]>([:])

  fileprivate func dialect(_ syntax: Syntax, _ places: [Place], make: () -> Dialect) -> Dialect {
    let kind = Kind(syntax: syntax, places: places)
    return known.withLock { known in
      if let dialect = known[kind] { return dialect }
      let dialect = make()
      known[kind] = dialect
      return dialect
    }
  }
}

extension Dialect {
  /// Reads a text in one of its files.
  func inner(_ syntax: Syntax, _ places: [Place]) -> Dialect {
    inners.dialect(syntax, places) {
      Dialect(name: name, title: title, claim: .path([]), syntax: syntax, form: form, places: places, customs: customs)
    }
  }
}
