import ArgumentParser
import Reporting

extension ReportFormat {
  /// The format of that name; a wrong one is answered with the nearest.
  @Sendable static func parse(_ word: String) throws -> ReportFormat {
    if let format = named(word) { return format }
    throw ValidationError(notOneOf: all.map(\.name), word)
  }
}
