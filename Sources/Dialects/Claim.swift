import Documents

/// Which files are of a dialect.
package struct Claim: Sendable {
  /// The file's name or path says what it is, so that a file that cannot be parsed is a failure.
  package let paths: [Glob]
  package let content: Content?
  /// Texts, as markers, without which no file has a reference, so that it need not be parsed.
  let needs: [[ContentMarks.Mark]]

  /// Files of these names are of this kind where their content says so. What cannot be parsed is reported as a file of another kind.
  package struct Content: Sendable {
    package let files: [Glob]
    /// Texts that all have to be in the file (`a|b`: one of both; `^a`: at the beginning of a line), so that few others are parsed for
    /// it.
    package let markers: [String]
    /// What a document of the file has to look like; then it is nothing else. Without one, what is found in it decides.
    let shape: Shape?
    let marks: [[ContentMarks.Mark]]

    init(_ files: [Glob], markers: [String], shape: Shape?) {
      self.files = files
      self.markers = markers
      self.shape = shape
      marks = markers.map(ContentMarks.Mark.alternatives)
    }
  }

  typealias Shape = @Sendable (_ root: Node) -> Bool

  package static func path(_ globs: [Glob]) -> Claim { path(globs, needing: []) }

  static func path(_ globs: [Glob], needing markers: [String]) -> Claim {
    Claim(paths: globs, content: nil, needs: markers.map(ContentMarks.Mark.alternatives))
  }

  static func content(_ files: [Glob], markers: [String], shape: Shape? = nil) -> Claim {
    path([], or: files, markers: markers, shape: shape)
  }

  static func path(_ globs: [Glob], or files: [Glob], markers: [String], shape: Shape? = nil) -> Claim {
    Claim(paths: globs, content: Content(files, markers: markers, shape: shape), needs: [])
  }
}
