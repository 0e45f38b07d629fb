import References
import SourceText

/// A tag that is about to be pushed: by whose word, and with what.
package struct PushedReference: Hashable, Sendable {
  /// It has no digest. Where no tag is written, `latest` is pushed.
  package var reference: ImageReference
  package var origin: Origin
  /// nil where nothing is known of it before the push.
  package var content: PushedContent?

  package init(_ reference: ImageReference, from origin: Origin, content: PushedContent? = nil) {
    self.reference = reference
    self.origin = origin
    self.content = content
  }

  /// Where something about a push is.
  package struct Origin: Hashable, Sendable, CustomStringConvertible {
    /// As the user named it: a path, or 'standard input'.
    package var source: String
    package var position: SourcePosition?
    /// What in it is meant, `service 'web'`; nil where the position says it all.
    package var subject: String?

    package init(source: String, position: SourcePosition? = nil, subject: String? = nil) {
      self.source = source
      self.position = position
      self.subject = subject
    }

    package var description: String {
      source + (position.map { ":\($0)" } ?? "") + (subject.map { ": \($0)" } ?? "")
    }
  }

  /// Equal for two spellings of the same tag: the normalised name with the tag that is meant.
  package var identity: ImageReference { Self.identity(of: reference) }

  static func identity(of reference: ImageReference) -> ImageReference {
    ImageReference(name: reference.name, tag: reference.effectiveTag, digest: nil)
  }
}

extension PushedReference {
  /// Parses one reference. A digest has no place in it: what is pushed is a tag.
  package init(parsing text: String, from origin: Origin, content: PushedContent? = nil) throws(PushedReferenceError) {
    // By the grammar it is the image 'sha256' of Docker Hub, which nobody means.
    if Digest(text) != nil { throw PushedReferenceError(origin, .digestAlone(text)) }
    let reference: ImageReference
    do throws(ImageReferenceError) { reference = try ImageReference(parsing: text) } catch {
      throw PushedReferenceError(origin, .invalidReference(text, error))
    }
    guard reference.digest == nil else { throw PushedReferenceError(origin, .namesDigest(text)) }
    self.init(reference, from: origin, content: content)
  }
}
