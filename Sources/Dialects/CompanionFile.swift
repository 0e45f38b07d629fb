/// A file in the same folder that says more about one of a dialect: a lock file, a file of variables, the files that use them.
package struct CompanionFile: Sendable {
  /// The files about which it says something.
  package let subjects: [Glob]
  /// Which files it is: one of this name, which may not be there, or all whose paths match.
  package let files: Files
  /// What it has to be read as for its silence to mean something; one of nothing but white space is read as anything.
  package let syntax: Syntax?
  /// Whether the subject means nothing to us where it cannot be read; else that is only told.
  package let isRequired: Bool
  /// Whether an option of the configuration turns it off.
  package let isIgnored: @Sendable (DialectOptions) -> Bool

  package enum Files: Sendable {
    case named(String)
    case matching([Glob])
  }

  init(
    of subjects: [Glob] = ["**"], _ files: Files, as syntax: Syntax? = nil, isRequired: Bool = true,
    isIgnored: @escaping @Sendable (DialectOptions) -> Bool = { _ in false }
  ) {
    self.subjects = subjects
    self.files = files
    self.syntax = syntax
    self.isRequired = isRequired
    self.isIgnored = isIgnored
  }

  package func concerns(_ path: String) -> Bool { subjects.contains { $0.matches(path) } }

  package var isAnyOfSeveral: Bool {
    if case .matching = files { true } else { false }
  }
}
