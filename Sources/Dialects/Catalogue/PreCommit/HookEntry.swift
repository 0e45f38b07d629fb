import Documents
import SourceText

/// The `entry` of a hook in the language `docker_image`: words of a command line of `docker run`, of which the image is the first one
/// behind the flags.
struct HookEntry: PlaceReading {
  var words: String? { " (the image among the arguments)" }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    file.site(at: match) { scalar, value in
      guard let image = DockerArguments.image(in: scalar.value.utf8Slice(value)) else {
        return file.site(match, value, .skipped(.notUnderstood("a command line whose flags are not all known")))
      }
      return ImageText().site(
        at: match, (value.lowerBound + image.lowerBound)..<(value.lowerBound + image.upperBound), in: scalar, of: file)
    }.map { [$0] }
  }
}
