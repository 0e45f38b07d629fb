import Documents
import References
import SourceText

extension TagComment {
  /// The changes that write the tag beside its pin; nil where no comment can stand. Removing `removal` of the comment that is then read
  /// undoes them.
  package static func splices(recording tag: Tag, at place: CommentPlace) -> [Splice]? { splices(recording: tag.text, as: .tag, at: place) }

  package static func splices(recording name: String, as kind: Kind, at place: CommentPlace) -> [Splice]? {
    switch place {
    case .lineEnd(let insertion, existing: nil, let marker):
      let text = kind.written(name, isAlone: true)
      return [Splice(insertion..<insertion, with: (kind == .frozen ? "  " : " ") + "\(marker.rawValue) \(text)")]
    case .lineEnd(_, existing: let comment?, let marker):
      let text = kind.written(name, isAlone: false)
      return [Splice(comment.range.lowerBound..<comment.range.lowerBound, with: "\(marker.rawValue) \(text) ")]
    case .lineAbove(let insertion, let indentation, let lineEnding):
      return [Splice(insertion..<insertion, with: "\(indentation)# \(kind.written(name, isAlone: true))\(lineEnding)")]
    case .none:
      return nil
    }
  }

  /// The change that makes it name another tag, of its own kind; nil where it names that one already.
  package func splice(naming other: String) -> Splice? {
    other == name ? nil : Splice(tagRange, with: kind == .bare ? Kind.bare.written(other, isAlone: isAlone) : other)
  }
}

extension TagComment.Kind {
  /// The text before the tag; in ratchet's form, the name of what is pinned comes next.
  var prefix: String {
    switch self {
    case .bare, .word, .among: ""
    case .tag: "tag="
    case .pin: "pin@"
    case .ratchet: "ratchet:"
    case .frozen: "frozen: "
    }
  }

  /// Beside other words, a name that would not be read as one is written as pin-github-action does. Alone, it is written as Renovate reads
  /// it.
  fileprivate func written(_ name: String, isAlone: Bool) -> String {
    self == .bare && !isAlone && !TagComment.looksLikeRef(name) ? "pin@" + name : prefix + name
  }
}
