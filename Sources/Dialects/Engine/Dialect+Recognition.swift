import SourceText

extension Dialect {
  /// Whether a file of that path, relative to the repository's root, may be of this dialect.
  package func claims(_ path: String) -> Bool {
    switch claim {
    case .path(let globs), .content(let globs, _): globs.contains { $0.matches(path) } && !notFiles.contains { $0.matches(path) }
    }
  }

  /// The first mark of a template language that stands in the text.
  package func templateMark(in text: SourceText) -> String? {
    templateMarks.first { mark in
      let needle = Array(mark.utf8)
      return text.bytes.holds(needle)
        && text.bytes.indices.contains { text.bytes[$0...].starts(with: needle) && ($0 == 0 || text.bytes[$0 - 1] != UInt8(ascii: "$")) }
    }
  }

  /// Whether the name alone says that a file is of this dialect.
  package var isClaimedByPath: Bool {
    if case .path = claim { true } else { false }
  }

  /// Whether a claimed file of those bytes is worth reading.
  package func isLikely(_ bytes: [UInt8]) -> Bool {
    switch claim {
    case .path: true
    case .content(_, let markers): markers.allSatisfy { $0.split(separator: "|").contains { bytes.holds(Array($0.utf8)) } }
    }
  }

  /// Whether its files can say what the repository builds or replaces, or what other files are.
  package var tellsOwnImages: Bool {
    holdsShell || syntax == .quadlet || syntax == .dotenv
      || places.contains(where: \.meaning.tellsOfOthers)
  }
}

extension Place.Meaning {
  fileprivate var tellsOfOthers: Bool {
    switch self {
    case .context(let context): context != .notAnImage
    case .reference(let reference): reference == .builtImage
    case .parts, .nested: false
    }
  }
}

extension Dialect.Syntax {
  /// As people call it.
  package var title: String {
    switch self {
    case .yaml: "YAML"
    case .json, .jsonc: "JSON"
    case .hcl: "HCL"
    case .dockerfile: "a Dockerfile"
    case .shell: "a script"
    case .makefile: "a Makefile"
    case .justfile: "a justfile"
    case .quadlet: "a Quadlet unit"
    case .jenkinsfile: "a Jenkinsfile"
    case .dotenv: "an .env file"
    }
  }
}
