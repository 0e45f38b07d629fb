extension Configuration {
  /// Where a repository's own configuration may stand, relative to its root.
  package static let paths = [".tagpin.yaml", ".tagpin.yml", ".github/tagpin.yaml", ".github/tagpin.yml"]

  /// A repository has more than one configuration, and nothing says which one counts.
  package struct AmbiguousLocation: Error, Hashable, Sendable, CustomStringConvertible {
    package var paths: [String]

    package var description: String {
      "more than one configuration: " + paths.map { "'\($0)'" }.joined(separator: " and ")
        + "; keep one; --no-repository-config reads neither"
    }
  }

  /// The one of `paths` that exists; nil if none does.
  package static func path(where exists: (String) -> Bool) throws(AmbiguousLocation) -> String? {
    let found = paths.filter(exists)
    guard found.count < 2 else { throw AmbiguousLocation(paths: found) }
    return found.first
  }
}
