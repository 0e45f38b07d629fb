import Dialects
import Pinning
import References
import Rules
import SourceText

/// Something that failed: what, where, why, and how to go on without it.
struct Problem {
  /// From the repository's root.
  var path: String
  var shownPath: String
  var position: SourcePosition?
  /// nil for a failure of the file as a whole.
  var site: Site?
  var rule: Rule
  var message: String
  /// The line of configuration that leaves it out, or the comment on its own line that does; nil where nothing does.
  var exclusion: String?
  /// Whether it is that comment.
  var isExcludedByComment = false
  /// Whether that comment can only be above the line.
  var needsCommentAbove = false
  /// What made a site fail.
  fileprivate var failure: SiteFailure?
  /// What to do before anything is left out; nil where the message says it.
  var advice: String?
  var exclusionIntroduction = "to leave it out"

  /// How to go on without it: `to leave it out, in .tagpin.yaml: ignore: […]`.
  func wayAround(_ configurationPath: String) -> String? {
    guard let exclusion else { return nil }
    let line = needsCommentAbove ? "alone on the line above it" : "at the end of its line, or alone above it"
    let place = isExcludedByComment ? line : "in \(configurationPath)"
    return "\(exclusionIntroduction), \(place): \(exclusion)"
  }
}

extension Report {
  /// What failed, the same trouble of one host, or of one reference, once. In the order of the files and of the sites in them; a file's own
  /// failure comes first.
  var problems: [Problem] { CommonCause.gathered(files.flatMap(\.problems)).map(Problem.init) }
}

extension Problem: CausedFailure {
  var unresolved: Unresolved? {
    guard case .unresolved(let unresolved) = failure else { return nil }
    return unresolved
  }

  var text: String { site?.text ?? "" }
  var place: String { path + (position.map { ":\($0.line)" } ?? "") }

  fileprivate init(_ cause: CommonCause<Problem>) {
    self = cause.first
    message = cause.message(message)
    advice = cause.advice
    if cause.all.count > 1 { exclusionIntroduction = "to leave them out" }
    if !cause.isOneReference { exclusion = unresolved?.kind.passes == true ? nil : Self.exclusion(of: cause) }
  }

  /// One rule for a registry whose images they all are, else the rules of the first few.
  private static func exclusion(of cause: CommonCause<Problem>) -> String {
    let registries = Set(cause.all.map { $0.site?.image?.name.registry })
    if registries.count == 1, let registry = registries.first ?? nil { return "ignore: [{ image: \("\(registry)/**".yamlQuoted) }]" }
    var rules: [String] = []
    for rule in cause.all.compactMap(\.exclusion) where !rules.contains(rule) { rules.append(rule) }
    return rules.prefix(CommonCause<Problem>.placesShown).joined(separator: ", ") + cause.rest("and", of: rules.count)
  }
}

extension FileReport {
  /// The line of configuration that leaves it out; nil where it was read because it was named.
  var exclusion: String? { state?.rule == .nothingRead ? nil : "exclude: [\(path.yamlQuoted)]" }

  /// Whether its references can be left out one by one.
  private var takesComments: Bool { !path.hasSuffix(".json") && !path.hasSuffix(".xml") }

  private var needsCommentAbove: Bool {
    dialect.flatMap(Dialects.named)?.syntaxes.allSatisfy(\.commentsAreLines) ?? false
  }

  var problems: [Problem] {
    var problems: [Problem] = []
    if hasFailed, case .failed(let rule, let problem, let position) = state {
      problems.append(
        Problem(path: path, shownPath: shownPath, position: position, rule: rule, message: problem, exclusion: exclusion))
    }
    for site in sites {
      guard site.hasFailed, case .failed(let failure) = site.state else { continue }
      problems.append(
        Problem(
          path: path, shownPath: shownPath, position: site.position, site: site.site, rule: failure.rule,
          message: failure.message(about: site.site.text, kind: site.site.kind),
          exclusion: site.site.exclusion ?? (takesComments ? "# tagpin: ignore" : exclusion),
          isExcludedByComment: site.site.exclusion == nil && takesComments, needsCommentAbove: needsCommentAbove, failure: failure))
    }
    return problems
  }
}

extension Site {
  /// nil where the text is not a reference, so that no rule could match it.
  var exclusion: String? {
    switch kind {
    case .image:
      guard let image = imageWithCommentTag ?? (try? ImageReference(parsing: text)) else { return nil }
      return "ignore: [{ image: \(image.with(tag: image.tag, digest: nil).written.yamlQuoted) }]"
    case .action:
      let name = (action?.name ?? text).prefix { $0 != "@" }
      return name.isEmpty ? nil : "ignore: [{ action: \(String(name).yamlQuoted) }]"
    }
  }
}

extension String {
  /// As a double-quoted YAML scalar (YAML 1.2, 7.3.1) without anything that a terminal would act on.
  var yamlQuoted: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where !scalar.isUnprintable: result.unicodeScalars.append(scalar)
      default: result += "\\u" + scalar.value.hexadecimal(digits: 4)
      }
    }
    return result + "\""
  }
}
