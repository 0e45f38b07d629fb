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
}
