import Dialects
import Pinning
import Rules
import SourceText

/// A report as workflow commands, which GitHub shows beside the lines of a pull request
/// (GitHub documentation, "Workflow commands for GitHub Actions").
///
/// Failures and what `check` finds are errors, warnings are warnings, changes are notices. What was skipped is not annotated.
package enum GitHubRenderer {
  /// How many annotations of each level GitHub shows for one step.
  static let shownPerLevel = 10

  enum Level: String {
    case error, warning, notice

    init(_ severity: Severity) {
      switch severity {
      case .error: self = .error
      case .warning: self = .warning
      case .note: self = .notice
      }
    }
  }

  struct Annotation {
    var level: Level
    var path: String?
    var position: SourcePosition?
    /// The text that is at the position.
    var text: String?
    var title: String
    var message: String
  }

  /// One command on each line, failures first, then a line of plain text that sums up.
  ///
  /// No other command can be in it: what others wrote ends none, and begins none.
  package static func render(_ report: Report, configurationPath: String = ".tagpin.yaml") -> String {
    let annotations = annotations(of: report, configurationPath)
    let isCut = Dictionary(grouping: annotations, by: \.level).values.contains { $0.count > shownPerLevel }
    let limit = isCut ? " (GitHub shows \(shownPerLevel) annotations of each level; the log has all)" : ""
    let commit = [report.commit?.sentence, report.commit?.pushSentence].compactMap(\.self)
    let plain = ([Summary(report).sentence + limit] + commit).map(\.withoutRunnerCommands)
    return (annotations.map(line) + plain).map { $0 + "\n" }.joined()
  }

  private static func annotations(of report: Report, _ configurationPath: String) -> [Annotation] {
    var annotations: [Annotation] = []
    if let why = report.notWritten {
      annotations.append(Annotation(level: .error, title: Rule.nothingWritten.title, message: "nothing written: \(why)"))
    }
    if let problem = report.commit?.problem {
      annotations.append(Annotation(level: .error, title: Rule.notCommitted.title, message: "not committed: \(problem)"))
    }
    if let problem = report.commit?.pushProblem {
      annotations.append(Annotation(level: .error, title: Rule.notPushed.title, message: "not pushed: \(problem)"))
    }
    annotations += report.problems.map {
      Annotation(
        level: .error, path: $0.path, position: $0.position, text: $0.site?.text, title: $0.site == nil ? "file" : $0.rule.id,
        message: [$0.message, $0.advice, $0.wayAround(configurationPath)].compactMap(\.self)
          .joined(separator: "\n"))
    }
    annotations += report.notes.map {
      Annotation(
        level: .warning, path: $0.path, position: $0.site.position, text: $0.site.site.text, title: $0.note.rule.id, message: $0.message)
    }
    annotations += report.warnings.map { Annotation(level: .warning, title: "warning", message: $0.text) }
    for file in report.files {
      annotations += file.sites.compactMap { annotation(of: $0, in: file, report) }
    }
    return annotations
  }

  /// What failed is among the problems; what is good to know of a pin or of a policy is not shown beside the lines of a pull request.
  private static func annotation(of site: SiteReport, in file: FileReport, _ report: Report) -> Annotation? {
    if case .failed = site.state { return nil }
    guard let finding = report.finding(of: site) else { return nil }
    var annotation = Annotation(
      level: Level(finding.severity), path: file.path, position: site.position, text: site.site.text, title: finding.rule.id,
      message: site.message(of: finding))
    if case .changed(let new) = site.state {
      let isWritten = file.change?.isWritten == true
      annotation.title = isWritten ? "changed" : report.isDryRun ? "would change" : "not written"
      let becomes = isWritten ? "is now" : report.isDryRun ? "would become" : "was to become"
      annotation.message = (["'\(site.site.text)' \(becomes) '\(new.text)'"] + [site.followed?.account].compactMap(\.self))
        .joined(separator: "\n")
    } else if finding.severity == .note {
      return nil
    }
    return annotation
  }

  /// An error that ended the run before there was a report: a command, on a line of its own.
  package static func error(_ message: String, path: String? = nil, at position: SourcePosition? = nil) -> String {
    line(Annotation(level: .error, path: path, position: position, title: "error", message: message)) + "\n"
  }

  static func line(_ annotation: Annotation) -> String {
    var properties: [String] = []
    if let path = annotation.path {
      properties.append("file=\(property(path))")
      if let position = annotation.position {
        properties += ["line=\(position.line)", "col=\(position.column)"]
        if let text = annotation.text, !text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
          properties.append("endColumn=\(position.column + text.unicodeScalars.count)")
        }
      }
    }
    properties.append("title=\(property("tagpin: " + annotation.title))")
    let command = "\(annotation.level.rawValue) \(properties.joined(separator: ","))::\(message(annotation.message))"
    return "::" + command.withoutRunnerCommands
  }

  private static func message(_ text: String) -> String {
    text.escapingControls(except: ["\n", "\r"]).percentEncoding(["%", "\r", "\n"])
  }

  private static func property(_ text: String) -> String {
    text.escapingControls(except: ["\n", "\r"]).percentEncoding(["%", "\r", "\n", ":", ","])
  }
}

extension String {
  fileprivate func percentEncoding(_ encoded: Set<Unicode.Scalar>) -> String {
    var result = ""
    for scalar in unicodeScalars {
      if encoded.contains(scalar) {
        result += "%" + scalar.value.hexadecimal(digits: 2).uppercased()
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
