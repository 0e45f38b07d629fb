import Documents
import References
import SourceText

/// One place in one source file where a reference stands.
package struct Site: Hashable, Sendable {
  package enum Kind: String, Sendable { case image, action }

  package var kind: Kind
  /// The bytes of the reference: no quotes, no `docker://`, no white space.
  package var range: Range<Int>
  /// Those bytes as text.
  package var text: String
  /// Where it stands in the document, for people: `jobs.build.container.image`, `FROM`, `ARG BASE`.
  package var place: String
  /// The path of the dialect that matched there, `services.*.image`; of a text with places of its own, both, with `>` between. nil where a reader
  /// that follows no paths found it.
  package var pattern: String?
  package var content: Content
  /// What the consumer of the file accepts as a pin.
  package var form: PinForm
  /// Where a comment that names the tag can be written.
  package var commentPlace: CommentPlace
  /// The comment that names the tag of a pin, where there is one.
  package var tagComment: TagComment?
  /// Where the digest of an image goes whose parts stand under keys of their own; nil where the reference is written whole.
  package var digestKey: DigestKey?
  /// It stands in a command line of a script.
  package var isInScript = false

  package enum Content: Hashable, Sendable {
    case image(ImageReference)
    case action(ActionReference)
    /// Left alone whatever is resolved.
    case skipped(SkipReason)
    /// Seen, but it cannot be pinned or spliced; the run says so.
    case failed(SiteFailure)
  }

  package init(
    kind: Kind = .image, range: Range<Int>, text: String, place: String, content: Content, form: PinForm = .tagAndDigest,
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

  /// The reference of an image site that is neither skipped nor failed.
  package var image: ImageReference? {
    if case .image(let reference) = content { reference } else { nil }
  }

  /// The reference of an action's site that is neither skipped nor failed.
  package var action: ActionReference? {
    if case .action(let reference) = content { reference } else { nil }
  }

  /// The tag or branch of an action: its own ref, or, where that is a commit, the one that its comment names.
  package var actionTag: String? { action.flatMap { $0.commit == nil ? $0.ref : tagComment?.name } }

  /// The reference with the tag that its comment names, where it has none of its own.
  package var imageWithCommentTag: ImageReference? {
    guard let image else { return nil }
    return image.tag == nil ? image.with(tag: tagComment?.tag, digest: image.digest) : image
  }
}

/// The place of the digest in an image that is split over several keys (`repository`, `tag`, `digest`).
package struct DigestKey: Hashable, Sendable {
  /// The key's name.
  package var name: String
  /// What the digest replaces; empty where it is inserted.
  package var range: Range<Int>
  /// What is written in front of the digest: nothing, white space, or a whole new key.
  package var prefix: String
  /// What goes when the digest does, and stays empty or is taken out.
  package var removal: Range<Int>
  /// The digest is written without `sha256:`.
  package var isHexOnly: Bool

  package init(name: String, range: Range<Int>, prefix: String = "", removal: Range<Int>, isHexOnly: Bool = false) {
    self.name = name
    self.range = range
    self.prefix = prefix
    self.removal = removal
    self.isHexOnly = isHexOnly
  }

  /// What replaces `range`.
  package func written(_ digest: Digest) -> String { prefix + (isHexOnly ? digest.hex : digest.description) }
}

/// How a dialect's consumer takes a pin.
package enum PinForm: Hashable, Sendable {
  /// `nginx:1.25@sha256:…`
  case tagAndDigest
  /// `nginx@sha256:…`, the tag in a comment `# tag=1.25`.
  case digest
  /// `actions/checkout@<commit>`, the tag in a comment of that form.
  case commit(TagComment.Form)
}

/// What begins a comment that ends with its line.
package enum CommentMarker: String, Hashable, Sendable {
  case hash = "#"
  case slashes = "//"
}

/// Where a comment that names the tag of a pin can stand.
package enum CommentPlace: Hashable, Sendable {
  /// Behind the reference on its line: ` # tag=1.25` is inserted at `insertion` (after the last byte that is not white space), or, where a comment
  /// stands there already, `# tag=1.25 ` goes in front of it.
  case lineEnd(insertion: Int, existing: Comment?, marker: CommentMarker = .hash)
  /// On a line of its own, inserted at this byte offset (the start of the line of the instruction), with this indentation and line ending.
  case lineAbove(insertion: Int, indentation: String, lineEnding: String)
  /// The format, or this place in it, takes no comment.
  case none
}

/// A comment that names the tag of a pinned reference.
package struct TagComment: Hashable, Sendable {
  /// How the tag is named.
  package enum Form: Hashable, Sendable {
    /// `# v4`
    case bare
    /// `# tag=v4`
    case tag
    /// `# pin@v4`
    case pin
    /// `# ratchet:actions/checkout@v4`
    case ratchet
    /// `# frozen: v4`
    case frozen
  }

  /// A tag, or a branch of git.
  package var name: String
  package var form: Form
  /// What goes away when the pin does: the marker up to the tag with the white space that sets it off; for a comment on a line of its own, that line.
  package var removal: Range<Int>
  /// The tag's bytes in the comment.
  package var tagRange: Range<Int>

  package init(name: String, form: Form, removal: Range<Int>, tagRange: Range<Int>) {
    self.name = name
    self.form = form
    self.removal = removal
    self.tagRange = tagRange
  }

  /// nil where it names what no tag of an image can be called.
  package var tag: Tag? { Tag(name) }
}

/// An image name that the repository itself builds or substitutes, so that its references are not looked up in a registry.
package struct OwnImage: Hashable, Sendable {
  package enum Origin: String, Hashable, Sendable { case built, substituted }
  package var name: ImageName
  package var origin: Origin
  /// Byte offset of the place that says so.
  package var byteOffset: Int

  package init(name: ImageName, origin: Origin, byteOffset: Int) {
    self.name = name
    self.origin = origin
    self.byteOffset = byteOffset
  }
}

/// What one file says of images.
package struct Findings: Sendable {
  /// In the order of their bytes, no two overlapping.
  package var sites: [Site]
  package var ownImages: [OwnImage]
  /// Files of the repository that it names.
  package var links: [FileLink]

  package var isEmpty: Bool { sites.isEmpty && ownImages.isEmpty && links.isEmpty }

  package init(sites: [Site] = [], ownImages: [OwnImage] = [], links: [FileLink] = []) {
    self.sites = sites
    self.ownImages = ownImages
    self.links = links
  }
}
