import Dialects
import Pinning
import References
import SourceText

/// Something that failed: what, where, why, and how to go on without it.
struct Problem {
  /// From the repository's root.
  var path: String
  var shownPath: String
  var position: SourcePosition?
  /// nil for a failure of the file as a whole.
  var site: Site?
  /// A stable word for machines; `file` for a file.
  var code: String
  var message: String
  /// The line of configuration that leaves it out.
  var exclusion: String
  /// What made a site fail.
  fileprivate var failure: SiteFailure?
  /// The same trouble elsewhere.
  fileprivate var others: [Problem] = []

  /// What to do before anything is left out; nil where the message says it.
  var advice: String? {
    guard let unresolved, unresolved.kind == .network, let host = unresolved.host else { return nil }
    return "see whether \(host) can be reached from here (its name, a proxy in HTTPS_PROXY, a firewall), and run again"
  }

  var exclusionIntroduction: String { "to leave \(others.isEmpty ? "it" : "them") out" }
}

extension Report {
  /// What failed, the same trouble of one host, or of one reference, once. In the order of the files and of the sites in them; a file's own failure
  /// comes first.
  var problems: [Problem] {
    var problems: [Problem] = []
    var indices: [Cause: Int] = [:]
    for problem in files.flatMap(\.problems) {
      guard let cause = problem.cause else {
        problems.append(problem)
        continue
      }
      if let index = indices[cause] {
        problems[index].others.append(problem)
      } else {
        indices[cause] = problems.count
        problems.append(problem)
      }
    }
    return problems.map(\.gathered)
  }
}

/// What the failures of several sites have in common.
private enum Cause: Hashable {
  case host(Unresolved.Kind, String)
  case reference(Unresolved, text: String)
}

extension Problem {
  private static let placesShown = 3

  fileprivate var unresolved: Unresolved? {
    guard case .unresolved(let unresolved) = failure else { return nil }
    return unresolved
  }

  fileprivate var cause: Cause? {
    guard let site, let unresolved else { return nil }
    if unresolved.kind.isOfHost, let host = unresolved.host { return .host(unresolved.kind, host) }
    return .reference(unresolved, text: site.text)
  }

  /// With a message about all of them.
  fileprivate var gathered: Problem {
    guard !others.isEmpty, let site, let unresolved else { return self }
    let all = [self] + others
    var result = self
    let places = all.prefix(Self.placesShown).map(\.place).joined(separator: ", ") + rest(all.count, "and")
    let isOne = others.allSatisfy { $0.site?.text == site.text }
    result.message =
      isOne ? "\(message): \(all.count) places (\(places))" : "\(unresolved.whyOfHost): \(all.count) references (\(places))"
    // The host is one, and may have said something else of another reference.
    let answers = Set(all.compactMap { $0.unresolved?.whyOfHost }).count - 1
    if answers > 0 { result.message += "; \(answers == 1 ? "one other answer" : "\(answers) other answers") of it: see --format json" }
    if !isOne { result.exclusion = exclusion(of: all) }
    return result
  }

  private var place: String { path + (position.map { ":\($0.line)" } ?? "") }

  private func rest(_ count: Int, _ word: String) -> String {
    count > Self.placesShown ? ", \(word) \(count - Self.placesShown) more" : ""
  }

  /// One rule for a registry whose images they all are, else the rules of the first few.
  private func exclusion(of all: [Problem]) -> String {
    let registries = Set(all.map { $0.site?.image?.name.registry })
    if registries.count == 1, let registry = registries.first ?? nil { return "ignore: [{ image: \("\(registry)/**".yamlQuoted) }]" }
    var rules: [String] = []
    for problem in all where !rules.contains(problem.exclusion) { rules.append(problem.exclusion) }
    return rules.prefix(Self.placesShown).joined(separator: ", ") + rest(rules.count, "and")
  }
}

/// What is worth a warning at a place, once for all places in a file that it would be said of.
struct Remark {
  var path: String
  var shownPath: String
  var site: SiteReport
  var note: SiteNote
  /// How many places follow this one.
  var others: Int

  var message: String { "\(note)" + (others == 0 ? "" : others == 1 ? " (and in one more place)" : " (and in \(others) more places)") }
}

extension Report {
  /// In the order of the files and of the sites in them.
  var remarks: [Remark] { files.flatMap(\.remarks) }
}

extension FileReport {
  fileprivate var remarks: [Remark] {
    var remarks: [Remark] = []
    var indices: [SiteNote: Int] = [:]
    for site in sites {
      for note in site.notes {
        if let index = indices[note] {
          remarks[index].others += 1
        } else {
          indices[note] = remarks.count
          remarks.append(Remark(path: path, shownPath: shownPath, site: site, note: note, others: 0))
        }
      }
    }
    return remarks
  }
}

extension FileReport {
  var exclusion: String { "exclude: [\(path.yamlQuoted)]" }

  var problems: [Problem] {
    var problems: [Problem] = []
    if case .failed(let problem, let position) = note {
      problems.append(
        Problem(path: path, shownPath: shownPath, position: position, code: "file", message: problem, exclusion: exclusion))
    }
    for site in sites {
      guard case .failed(let failure) = site.state else { continue }
      problems.append(
        Problem(
          path: path, shownPath: shownPath, position: site.position, site: site.site, code: failure.code,
          message: failure.message(about: site.site.text, kind: site.site.kind), exclusion: site.site.exclusion ?? exclusion,
          failure: failure))
    }
    return problems
  }
}

extension Site {
  /// nil where the text is no reference, so that no rule could match it.
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
