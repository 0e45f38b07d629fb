import Documents
import References
import SourceText

/// Finds the images in a Dockerfile or Containerfile.
package enum Dockerfile {
  /// The references of `# syntax`, `FROM`, `COPY --from` and `RUN --mount=…,from=`, and the defaults of `ARG` that one of them uses whole.
  ///
  /// Throws where BuildKit itself could not tell what a line means: an unknown instruction (unless `# syntax` names another frontend), a
  /// heredoc that is not closed, a directive that is there twice.
  package static func findings(in text: SourceText) throws(DocumentError) -> Findings {
    let parser = try DockerfileParser(text)
    var reader = DockerfileReader(text, parser)
    return Findings(sites: reader.readSites())
  }
}

extension Syntax {
  static let dockerfile = Syntax(
    "a Dockerfile", commentsAreLines: true,
    words: "`FROM`, `COPY --from=`, `RUN --mount=…,from=`, `ONBUILD`, `# syntax=`, `ARG` defaults that a `FROM` uses whole",
    isReadByLines: true,
    reading: .sites { (text, dialect, _) throws(DocumentError) in
      do throws(DocumentError) { return try Dockerfile.findings(in: text) } catch {
        guard dialect.templateMark(in: text) != nil else { throw error }
        return try DockerfileTemplate.findings(in: text)
      }
    })
}
