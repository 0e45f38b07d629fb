/// How the parameters of a format are named and used.
package struct Parameter: Hashable, Sendable {
  /// Where a parameter's name stands.
  package enum Name: Hashable, Sendable {
    /// It is a key on the way to the value: the last one, or that many levels above it.
    case key(around: Int)
    /// It is the value of this key beside it.
    case sibling(String)
  }

  package enum Uses: Hashable, Sendable {
    /// A text of an image is one of these, without white space, with `*` for the name: `$(params.*)`.
    case texts([String])
    /// A text or expression of an image names it as variables are named: `${NAME}`, `var.NAME`, `NAME`, `!Ref NAME`. Where it is a part of a longer text anywhere, it
    /// is left alone.
    case variable
  }

  package var name: Name
  /// An ancestor mapping, `levels` up, within which it is used; nil for the whole document.
  package var scope: Int?
  package var uses: Uses

  package init(name: Name, scope: Int? = nil, uses: [String]) {
    self.name = name
    self.scope = scope
    self.uses = .texts(uses)
  }

  private init(name: Name, uses: Uses) {
    self.name = name
    self.uses = uses
  }

  /// A variable under whose name, as a key, a mapping holds the value: `variable.NAME.default`.
  static let variable = Parameter(name: .key(around: 1), uses: .variable)
}
