/// A path in a document, and what stands there.
package struct Place: Hashable, Sendable {
  package let path: SitePath
  package let meaning: Meaning
  package let condition: Condition
  /// What this place takes as a pin, where it is not what the dialect says.
  package let form: PinForm?

  /// What stands at a place, in families by what it takes to read it. Each has a reader of its own, `PlaceReader+References.swift` and so on.
  package indirect enum Meaning: Hashable, Sendable {
    case reference(Reference)
    case parts(Parts)
    case nested(Nested)
    case context(Context)
  }

  private init(_ path: SitePath, _ meaning: Meaning, _ condition: Condition, _ form: PinForm? = nil) {
    self.path = path
    self.meaning = meaning
    self.condition = condition
    self.form = form
  }

  /// One reference in one scalar.
  init(_ path: SitePath, _ reference: Reference = .image, if condition: Condition = .always, form: PinForm? = nil) {
    self.init(path, .reference(reference), condition, form)
  }

  /// A reference in parts.
  init(_ path: SitePath, parts: Parts, if condition: Condition = .always) {
    self.init(path, .parts(parts), condition)
  }

  /// Something with sites inside.
  init(_ path: SitePath, holds nested: Nested, if condition: Condition = .always) {
    self.init(path, .nested(nested), condition)
  }

  /// No site, but it says something about others.
  init(_ path: SitePath, tells context: Context, if condition: Condition = .always) {
    self.init(path, .context(context), condition)
  }
}
