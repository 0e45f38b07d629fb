/// Which of many dialects claim a path, found without asking each of them.
package struct ClaimIndex: Sendable {
  /// A dialect that a file may be of.
  package struct Claimant: Sendable {
    package let dialect: Dialect
    /// Whether the path says by itself that it is.
    package let isTold: Bool

    package init(_ dialect: Dialect, isTold: Bool) {
      self.dialect = dialect
      self.isTold = isTold
    }
  }

  private enum Role: Int, CaseIterable {
    case path
    case content
    case none
  }

  private let dialects: [Dialect]
  private let globs: GlobIndex

  package init(_ dialects: [Dialect]) {
    self.dialects = dialects
    globs = GlobIndex(
      dialects.enumerated().flatMap { index, dialect in
        let roles: [(Role, [Glob])] = [
          (.path, dialect.claim.paths), (.content, dialect.claim.content?.files ?? []), (.none, dialect.notFiles),
        ]
        return roles.flatMap { role, globs in globs.map { (glob: $0, number: index * Role.allCases.count + role.rawValue) } }
      })
  }

  /// Those for which `Dialect.claims` is true, in the order of the dialects, with what `Dialect.isTold` says.
  package func claimants(of names: PathNames) -> [Claimant] {
    var claims = claims(on: names.all[0])
    for name in names.all.dropFirst() {
      for (index, isTold) in self.claims(on: name) {
        if let known = claims.firstIndex(where: { $0.index == index }) {
          claims[known].isTold = claims[known].isTold || isTold
        } else {
          claims.append((index, isTold))
        }
      }
    }
    if names.all.count > 1 { claims.sort { $0.index < $1.index } }
    return claims.map { Claimant(dialects[$0.index], isTold: $0.isTold) }
  }

  /// In the order of the dialects.
  private func claims(on path: String) -> [(index: Int, isTold: Bool)] {
    var claims: [(index: Int, isTold: Bool)] = []
    var rest = globs.numbers(matching: path).sorted()[...]
    while let first = rest.first {
      let index = first / Role.allCases.count
      let own = rest.prefix { $0 / Role.allCases.count == index }
      rest = rest.dropFirst(own.count)
      // The roles are in order.
      guard own.last != index * Role.allCases.count + Role.none.rawValue else { continue }
      claims.append((index, first % Role.allCases.count == Role.path.rawValue || dialects[index].claim.content == nil))
    }
    return claims
  }
}
