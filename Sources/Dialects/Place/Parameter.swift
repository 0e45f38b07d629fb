/// How the parameters of a format are named and used.
package struct Parameter: Hashable, Sendable {
  /// Where a parameter's name stands.
  package enum Name: Hashable, Sendable {
    /// It is the key that leads to the value from the mapping that many levels around the one that holds the value.
    case key(around: Int)
    /// It is the value of this key beside it.
    case sibling(String)
  }

  package var name: Name
  /// The mapping that a parameter is used within, so many levels around the one that holds its value; nil for the whole document.
  package var scope: Int?
  /// What stands where a parameter is used, without white space, with `*` for its name: `$(params.*)`.
  package var uses: [String]

  package init(name: Name, scope: Int? = nil, uses: [String]) {
    self.name = name
    self.scope = scope
    self.uses = uses
  }
}
