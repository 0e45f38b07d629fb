/// Where a site is in its file; people are shown its text: `jobs.build.container.image`, `FROM`, `docker run`.
package struct SitePlace: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    /// A member of a mapping; nil where its key is not a text.
    case key(String?)
    /// nil stands for any, of a list whose elements are elsewhere.
    case element(Int?)
    /// What a format without nodes calls a place: `FROM`, `docker run`, the name of a variable.
    case name(String)
  }

  package var steps: [Step]

  package init(_ steps: some Sequence<Step>) { self.steps = Array(steps) }

  package init(_ name: String) { steps = [.name(name)] }

  /// The place in a text that is at another place.
  static func + (outer: SitePlace, inner: SitePlace) -> SitePlace { SitePlace(outer.steps + inner.steps) }
}

extension SitePlace: CustomStringConvertible {
  package var description: String {
    steps.reduce(into: "") { text, step in
      switch step {
      case .key(let key): text += (text.isEmpty ? "" : ".") + (key ?? "?")
      case .name(let name): text += (text.isEmpty ? "" : ".") + name
      case .element(let index): text += "[\(index.map { "\($0)" } ?? "")]"
      }
    }
  }
}

extension SitePlace: ExpressibleByStringInterpolation {
  package init(stringLiteral name: String) { self.init(name) }
}
