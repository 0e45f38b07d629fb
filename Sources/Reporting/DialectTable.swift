import Dialects

/// The kinds of files that are known, made from the dialects' own data.
package enum DialectTable {
  /// A Markdown table: what a kind of file is called, which files are of it, where in them references stand, and how a pin is written.
  package static func markdown(_ dialects: [Dialect]) -> String {
    let header = ["kind", "files", "references", "written as"]
    let rows = dialects.filter { !$0.isOnlyContext }.map { dialect in
      ["\(dialect.title) (`\(dialect.name)`)", dialect.files, dialect.references, dialect.writtenForm].map(escaped)
    }
    let lines = [header, header.map { _ in "---" }] + rows
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  private static func escaped(_ cell: String) -> String { cell.replacing("|", with: "\\|") }
}

extension Dialect {
  /// Read for what the repository builds, and for nothing else.
  fileprivate var isOnlyContext: Bool { syntax == .shell || !places.isEmpty && places.allSatisfy { $0.meaning.words == nil } }

  fileprivate var files: String {
    switch claim {
    case .path(let globs): globs.map { "`\($0)`" }.joined(separator: ", ")
    case .content(let globs, let markers):
      globs.map { "`\($0)`" }.joined(separator: ", ") + " with "
        + markers.map { $0.split(separator: "|").map { "`\($0)`" }.joined(separator: " or ") }.joined(separator: ", ")
    }
  }

  fileprivate var references: String {
    let places = places.compactMap { place in place.meaning.words.map { "`\(place.path)`" + $0 + place.condition.words } }
    return ((reader.map { [$0] } ?? []) + places).joined(separator: ", ")
  }

  /// What a reader of its own finds.
  private var reader: String? {
    switch syntax {
    case .dockerfile: "`FROM`, `COPY --from=`, `RUN --mount=…,from=`, `ONBUILD`, `# syntax=`, `ARG` defaults that a `FROM` uses whole"
    case .quadlet: "`Image=` of `[Container]`, `[Volume]` and `[Image]`"
    case .jenkinsfile: "`docker { image '…' }`, `docker.image('…')`"
    case .yaml, .json, .jsonc, .hcl, .shell: nil
    }
  }

  fileprivate var writtenForm: String {
    if places.contains(where: { if case .splitImage = $0.meaning { true } else { $0.meaning == .helmValue } }) {
      return "`name:tag@digest`, or under the digest's own key"
    }
    let digestPlaces = places.filter { $0.form == .digest && $0.meaning.words != nil }
    if form == .tagAndDigest, !digestPlaces.isEmpty {
      return "`name:tag@digest`; " + digestPlaces.map { "`\($0.path)`" }.joined(separator: ", ") + ": `name@digest`, the tag in a comment"
    }
    return form == .digest ? "`name@digest`, the tag in a comment" : "`name:tag@digest`"
  }
}

extension Place.Meaning {
  /// What is said behind the path; nil for places that hold no reference of their own.
  fileprivate var words: String? {
    switch self {
    case .image, .uses: ""
    case .likelyImage: " (with a tag or a digest)"
    case .dockerURL: " (`docker://`)"
    case .splitImage(let keys): " (\(keys.name.map { "`\($0)`" }.joined(separator: " or ")), `\(keys.tag)`, `\(keys.digest)`)"
    case .imageKeys: " (keys)"
    case .embeddedYAML: " (YAML in a text)"
    case .imageOrDeclared: ""
    case .dockerArguments: " (the image among the arguments)"
    case .concourseResource(leftAlone: nil): " (`source` into `version: {digest}`)"
    case .featureKeys: " (keys)"
    case .embeddedDockerfile: " (a Dockerfile in a text)"
    case .jsonEncoded: " (in `jsonencode`)"
    case .behind(let mark): " (behind `\(mark)`)"
    case .variableDefault: " (defaults of variables that are used whole)"
    case .helmValue: " (`…image`, or in parts: `…repository` or `…name`, `…tag`, `…digest` or `…sha`)"
    case .imageOverride: " (`old=new:tag`)"
    case .notPinnable(let why): " (left alone: \(why))"
    case .concourseResource(leftAlone: let why?): " (left alone: \(why))"
    case .builtImage, .builtNames, .buildArguments, .substitutedName, .composeService, .notAnImage: nil
    }
  }
}

extension Place.Condition {
  /// In which objects a place is one, where that is a matter of their kind.
  fileprivate var words: String {
    switch self {
    case .object(let group, let kinds): " in \(kinds.isEmpty ? group : kinds.joined(separator: ", "))"
    case .all(let conditions): conditions.map(\.words).joined()
    default: ""
    }
  }
}
