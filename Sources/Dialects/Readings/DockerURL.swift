import Documents
import SourceText

/// `docker://image`; anything else is a path in the repository: of a Dockerfile, where the place says so.
struct DockerURL: PlaceReading {
  var namesDockerfile = false

  var words: String? { " (`docker://`)" }
  var tellsOfOthers: Bool { namesDockerfile }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    file.site(at: match) { scalar, value in
      guard let image = scalar.imageBehindDocker(value) else { return file.site(match, value, .skipped(.local)) }
      return ImageText().site(at: match, image, in: scalar, of: file)
    }.map { [$0] }
  }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    guard namesDockerfile, let scalar = match.node.scalar, scalar.imageBehindDocker(0..<scalar.value.utf8.count) == nil else {
      return Statements()
    }
    return Statements(links: [FileLink(.path(scalar.value), .dialect("dockerfile"))])
  }
}

extension Scalar {
  /// The bytes behind `docker://`, in whatever letters; nil where something else is there.
  func imageBehindDocker(_ range: Range<Int>) -> Range<Int>? {
    let scheme = "docker://"
    return value.utf8Slice(range).lowercased().hasPrefix(scheme) ? (range.lowerBound + scheme.utf8.count)..<range.upperBound : nil
  }
}
