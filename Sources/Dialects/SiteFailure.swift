import Rules

/// Why a site that should be pinned cannot be.
package enum SiteFailure: Error, Hashable, Sendable {
  /// The text is not a reference; why.
  case invalidReference(String)
  /// The written form is not the value: the reference has an escape, a fold or a line break in it.
  case notSpliceable(String)
  /// An alias uses this anchored scalar in a place that takes no image; the line of that use.
  case aliasElsewhere(line: Int)
  /// YAML reads the plain tag as a number, so that `1.10` is the tag `1.1`.
  case numericTag(String)
  /// A tag would have to be recorded in a comment, and none can be there.
  case noPlaceForTag
  /// The registry or git server gave no digest or commit.
  case unresolved(Unresolved)
  /// The comment beside a pin names a tag or branch that nobody knows.
  case staleComment(String, Unresolved)

  /// What it is an instance of.
  package var rule: Rule {
    switch self {
    case .invalidReference: .invalidReference
    case .notSpliceable: .notSpliceable
    case .aliasElsewhere: .aliasElsewhere
    case .numericTag: .numericTag
    case .noPlaceForTag: .noPlaceForTag
    case .unresolved(let unresolved): unresolved.kind == .absent ? .notFound : .unresolved
    case .staleComment: .staleComment
    }
  }
}

extension SiteFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidReference(let why): "not a reference: \(why)"
    case .notSpliceable(let why): "cannot be rewritten in place: \(why)"
    case .aliasElsewhere(let line):
      "an alias in line \(line) uses this value where no image belongs; write the image there, or the value here, on its own"
    case .numericTag(let tag): "YAML reads the tag \(tag) as a number; quote it"
    case .noPlaceForTag: "the pin is a bare digest here and no comment can record the tag"
    case .unresolved(let unresolved): "cannot resolve: \(unresolved.why)"
    case .staleComment(let name, let unresolved) where unresolved.kind == .absent:
      "its comment names '\(name)', but \(unresolved.why); write the tag that it is pinned to, or take the comment away"
    case .staleComment(let name, let unresolved): "cannot find out whether '\(name)' in its comment is a branch: \(unresolved.why)"
    }
  }
}

extension SiteFailure {
  /// Why, without the words that say what failed.
  package var cause: String {
    switch self {
    case .invalidReference(let why), .notSpliceable(let why): why
    case .unresolved(let unresolved): unresolved.why
    case .aliasElsewhere, .numericTag, .noPlaceForTag, .staleComment: description
    }
  }

  /// The whole message about a site with this text: `cannot resolve 'nginx:1.99': registry-1.docker.io answered 404 (no such tag)`.
  package func message(about text: String, kind: Site.Kind = .image) -> String {
    switch self {
    case .invalidReference: "'\(text)' is not an \(kind) reference: \(cause)"
    case .notSpliceable: "cannot rewrite '\(text)' in place: \(cause)"
    case .aliasElsewhere, .numericTag, .noPlaceForTag: "cannot rewrite '\(text)': \(cause)"
    case .unresolved: "cannot resolve '\(text)': \(cause)"
    case .staleComment: "cannot tell the tag of '\(text)': \(cause)"
    }
  }
}

extension SiteFailure {
  package static func unresolved(_ why: String, isAbsence: Bool) -> SiteFailure {
    .unresolved(Unresolved(isAbsence ? .absent : .other, why: why))
  }
}
