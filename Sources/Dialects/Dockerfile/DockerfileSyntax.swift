/// What BuildKit's parser knows (frontend/dockerfile/parser and the Dockerfile reference).
enum DockerfileSyntax {
  static let instructions: Set<String> = [
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL",
    "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
  ]

  /// Those that can be followed by heredocs.
  static let heredocInstructions: Set<String> = ["ADD", "COPY", "RUN"]
}

/// One instruction, its continuation lines joined, and what is around it.
struct DockerfileInstruction: Sendable {
  /// In upper case; of `ONBUILD COPY …` it is `COPY`.
  var keyword: String
  var isOnBuild: Bool
  /// The bytes of the keyword.
  var keywordRange: Range<Int>
  /// What follows the keyword.
  var arguments: TracedBytes
  /// Byte offset at which its first line begins; a byte order mark is in front of it.
  var lineStart: Int
  /// The comment lines directly above it, the nearest first.
  var commentsAbove: [Range<Int>]
}

/// A parser directive: `# syntax=…`, `# escape=…`, `# check=…`.
struct DockerfileDirective: Sendable {
  /// In lower case.
  var name: String
  var value: Range<Int>
}
