import Configuration
import Reporting
import SourceText

/// What ends a run, or keeps it from beginning: one line, with a place where it has one. A job of GitHub's gets an annotation, too.
struct RunError {
  private let message: String
  /// `.tagpin.yaml:1:5`
  private var place: String?
  private var file: (path: String, position: SourcePosition)?
  /// What is said below it.
  private var help: String?

  init(_ message: String, at place: String? = nil, help: String? = nil) {
    self.message = message
    self.place = place
    self.help = help
  }

  init(_ error: ConfigurationError) {
    self.init(error.problem, at: error.place)
    file = (error.file, SourcePosition(line: error.line, column: error.column))
  }

  func write(_ environment: Environment = .current) {
    let label = place.map { "\($0.visible): error" } ?? "tagpin: error"
    let lines = ["\(label): \(message.visibleLines)", help.map(\.visibleLines)].compactMap(\.self)
    StandardStream.writeError(lines.map { $0 + "\n" }.joined())
    guard environment.isGitHubActions else { return }
    let words = file == nil ? [place, message].compactMap(\.self).joined(separator: ": ") : message
    StandardStream.writeCommands(GitHubRenderer.error(words, path: file?.path, at: file?.position), toErrorStream: true)
  }
}
