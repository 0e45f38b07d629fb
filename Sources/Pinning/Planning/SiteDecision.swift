import Dialects
import References

/// What is to be done about one site.
package enum SiteDecision: Hashable, Sendable {
  /// Nothing is to be asked: this is how the site ends.
  case settled(SiteState)
  /// Ask what this reference (a name and a tag) points at, then write that in this form.
  case resolve(Reference, form: PinForm)
  /// Back to this reference, which has a tag.
  case unpin(Reference)
  /// The same, if its repository has that tag or branch: the comment that names it may be prose.
  case unpinIfKnown(Reference)
  /// Ask which tags name the commit of this reference, and have the comment name one.
  case relabel(Reference, Labelling)
  /// Ask whether this pin is in danger because its tag moved off it, and write another tag of the same digest.
  case retag(ImageReference)

  package enum Labelling: Sendable {
    /// The most specific tag, whatever the comment says.
    case exact
    /// A tag of the commit, where the comment names none or lies.
    case repaired
  }

  /// What has to be asked for.
  var question: Reference? {
    switch self {
    case .settled, .unpin, .retag: nil
    case .resolve(let reference, _), .unpinIfKnown(let reference), .relabel(let reference, _): reference
    }
  }

  /// The pin that may need another tag.
  var retagged: ImageReference? { if case .retag(let pin) = self { pin } else { nil } }
}
