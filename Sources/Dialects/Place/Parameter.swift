/// How the parameters of a format are named, and how texts use them.
package struct Parameter: Hashable, Sendable {
  /// Where a parameter's name stands.
  package enum Name: Hashable, Sendable {
    /// It is a key on the way to the value: the last one, or that many levels above it.
    case key(around: Int)
    /// It is the last so many keys on the way to the value, with dots between: `config.image`.
    case keys(Int)
    /// It is the value of this key beside it.
    case sibling(String)
  }

  /// Where it can be used.
  package enum Scope: Hashable, Sendable {
    /// In the whole document.
    case document
    /// In an ancestor mapping, so many levels up: 0 is the one that holds the value. Where a mapping in it has a parameter of that name, that one is meant.
    case around(Int)
  }

  /// What its value is.
  package enum Role: Hashable, Sendable {
    /// What it is unless something else is given.
    case fallback
    /// What is given, so that a declaration of that name further in does not hide it.
    case given
  }

  package var name: Name
  package var scope: Scope
  package var notation: ParameterNotation
  package var role: Role

  init(name: Name, scope: Scope = .document, role: Role = .fallback, _ notation: ParameterNotation) {
    self.name = name
    self.scope = scope
    self.role = role
    self.notation = notation
  }

  var isVariable: Bool { if case .variable = notation { true } else { false } }

  /// A variable under whose name, as a key, a mapping holds the value: `variable.NAME.default`.
  static func variable(_ notation: ParameterNotation) -> Parameter { Parameter(name: .key(around: 1), notation) }
}

/// How texts name the parameters of a format.
package enum ParameterNotation: Hashable, Sendable {
  /// Each is a text with `*` for the name; between its words blanks may stand: `$(params.*)`. `parts` are those in which it is never the whole of a text; under the keys
  /// `expressions` stand expressions that name it bare.
  case texts([String], parts: [String] = [], expressions: Set<String> = [])
  /// Variables of HCL and parameters of CloudFormation: `${NAME}`, `var.NAME`, `!Ref NAME`, `NAME` in an expression if it stands there bare.
  case variable(isBare: Bool)
}
