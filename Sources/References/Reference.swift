/// What a site names: something that can move as long as it names no digest and no commit.
package enum Reference: Hashable, Sendable {
  case image(ImageReference)
  case action(ActionReference)

  /// As the user wrote it.
  package var written: String {
    switch self {
    case .image(let image): image.written
    case .action(let action): action.written
    }
  }
}
