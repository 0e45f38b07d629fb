import Documents
import References
import SourceText

/// One place in one source file where a reference is.
package struct Site: Hashable, Sendable {
  package enum Kind: String, Sendable { case image, action }

  package var kind: Kind
  /// The bytes of the reference: no quotes, no `docker://`, no white space.
  package var range: Range<Int>
  /// Those bytes as text.
  package var text: String
  package var place: SitePlace
  /// The path of the dialect that matched there, `services.*.image`; of a text with places of its own, both, with `>` between. nil where a
  /// reader that follows no paths found it.
  package var pattern: String?
  package var content: Content
  /// What the consumer of the file accepts as a pin.
  package var form: PinForm
  /// Where a comment that names the tag can be written.
  package var commentPlace: CommentPlace
  private var rest = Rest.none
  /// It is what a stage of a Dockerfile begins with, or the default of an argument that is.
  package var isBaseImage = false
  /// It is in a Dockerfile, where a named build context takes the place of an image of its name.
  package var yieldsToContexts = false
  /// The container whose image it is, where that has a name that a patch can name.
  package var container: ContainerName?
  /// It only may be an image: listed, and written where that is asked for.
  package var isLikely = false
  /// The namespace of Kubernetes that it runs in, where the file says it.
  package var namespace: String?
  /// It is in a command line of a script.
  package var isInScript = false

  /// What few sites have. A repository may have very many sites: kept apart, it leaves them half their size.
  private indirect enum Rest: Hashable, Sendable {
    case none
    case some(Values)

    struct Values: Hashable, Sendable {
      var tagComment: TagComment?
      var digestKey: DigestKey?
      var unwritten: SkipReason?
      var covered: Covered?
      var endedMark: IgnoreMark?
    }

    var values: Values {
      get { if case .some(let values) = self { values } else { Values() } }
      set { self = newValue == Values() ? .none : .some(newValue) }
    }
  }

  struct Covered: Hashable, Sendable {
    var content: Content
    var mark: IgnoreMark
  }

  package enum Content: Hashable, Sendable {
    case image(ImageReference)
    case action(ActionReference)
    /// Left alone whatever is resolved.
    case skipped(SkipReason)
    /// Seen, but it cannot be pinned or spliced; the run says so.
    case failed(SiteFailure)
  }

  package init(
    kind: Kind = .image, range: Range<Int>, text: String, place: SitePlace, content: Content, form: PinForm = .tagAndDigest,
    commentPlace: CommentPlace = .none, tagComment: TagComment? = nil
  ) {
    self.kind = kind
    self.range = range
    self.text = text
    self.place = place
    self.content = content
    self.form = form
    self.commentPlace = commentPlace
    self.tagComment = tagComment
  }

  /// Its text ends with a digest or a commit, whatever else is to be said of it.
  package var namesContent: Bool {
    if image?.digest != nil || action?.commit != nil { return true }
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return Digest(text) != nil }
    let end = text[text.utf8.index(after: at)...]
    return Digest(end) != nil || kind == .action && CommitID(end) != nil
  }

  /// The comment that names the tag of a pin, where there is one.
  package var tagComment: TagComment? {
    get { rest.values.tagComment }
    set { rest.values.tagComment = newValue }
  }

  /// Where the digest of an image goes whose parts are under keys of their own; nil where the reference is written whole.
  package var digestKey: DigestKey? {
    get { rest.values.digestKey }
    set { rest.values.digestKey = newValue }
  }

  /// Why no digest is written for an image that has none, although it is known which one it is.
  package var unwritten: SkipReason? {
    get { rest.values.unwritten }
    set { rest.values.unwritten = newValue }
  }

  /// What it is but for the comment that leaves it alone.
  var covered: Covered? {
    get { rest.values.covered }
    set { rest.values.covered = newValue }
  }

  /// A comment that left it alone up to a day that has passed.
  package internal(set) var endedMark: IgnoreMark? {
    get { rest.values.endedMark }
    set { rest.values.endedMark = newValue }
  }

  /// The reference of an image site that is neither skipped nor failed.
  package var image: ImageReference? {
    if case .image(let reference) = content { reference } else { nil }
  }

  /// The reference of an action's site that is neither skipped nor failed.
  package var action: ActionReference? {
    if case .action(let reference) = content { reference } else { nil }
  }

  /// The tag or branch of an action: its own ref or, where that is a commit, the ref in its comment.
  package var actionTag: String? { action.flatMap { $0.commit == nil ? $0.ref : tagComment?.name } }

  /// The reference with the tag that its comment names, where it has none of its own.
  package var imageWithCommentTag: ImageReference? {
    guard let image else { return nil }
    return image.tag == nil ? image.with(tag: tagComment?.tag, digest: image.digest) : image
  }
}
