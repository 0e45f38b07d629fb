import SourceText

/// The first thing that is wrong with a configuration file, and where.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  package var file: String
  /// Counted from 1.
  package var line: Int
  /// Counted from 1, in Unicode code points.
  package var column: Int
  package var problem: String

  package init(file: String, at position: SourcePosition, problem: String) {
    self.file = file
    self.line = position.line
    self.column = position.column
    self.problem = problem
  }

  package var place: String { "\(file):\(line):\(column)" }
  package var description: String { "\(place): \(problem)" }
}

extension Configuration {
  /// The end of a message about something that the repository's own file may not say.
  static let onlyFromUser = "that is taken from \(trustedFiles) only, since the repository's own file can come from a pull request"

  /// Where a setting can stand that the repository's own file may not have.
  package static let trustedFiles = "--config, TAGPIN_CONFIG, ~/.config/tagpin/config.yaml or /etc/tagpin.yaml"
}
