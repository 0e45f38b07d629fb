/// How the parameters of a format are named, and how texts use them.
package struct Parameter: Hashable, Sendable {
  /// Where a parameter's name is.
  package enum Name: Hashable, Sendable {
    /// It is a key on the way to the value: the last one, or that many levels above it.
    case key(around: Int)
    /// It is the last so many keys on the way to the value, with dots between: `config.image`; behind this word, if there is one.
    case keys(Int, of: String? = nil)
    /// It is the value of this key beside it.
    case sibling(String)
  }

  /// Where it can be used.
  package enum Scope: Hashable, Sendable {
    /// In the whole document.
    case document
    /// In all documents of the file.
    case file
    /// In an ancestor mapping, so many levels up: 0 is the one that holds the value. Where a mapping in it has a parameter of that name,
    /// that one is meant.
    case around(Int)
    /// In the mapping that is called: one of these of the document (`jobs`), which has the name that is there.
    case called([String], by: NameOfCalled)
    /// In what is called with it, whatever file that is in: `PlaceReading.callees` says which.
    case elsewhere
  }

  /// Where to find the name of what is called.
  package enum NameOfCalled: Hashable, Sendable {
    /// It is a key on the way to the value, so many levels above the last one.
    case key(around: Int)
    /// It is the value of this key beside the value.
    case sibling(String)
  }

  /// What its value is.
  package enum Role: Hashable, Sendable {
    /// What it is unless something else is given.
    case fallback
    /// What is given, so that a declaration of that name further in does not hide it.
    case given
    /// One of several that are tried one after the other.
    case choice
    /// One more of them, which is compared with the others.
    case addition
    /// It has none here: this is where the parameter is declared, so that others can give it one.
    case declared
  }

  package var name: Name
  package var scope: Scope
  package var notation: ParameterNotation
  package var role: Role
  /// The value is shown to people, and may be relied on by that: why, and the key in the mapping of its scope that keeps it from being
  /// shown.
  package var shown: Shown?

  package struct Shown: Hashable, Sendable {
    package var why: String
    package var unlessKey: String?

    init(_ why: String, unless key: String? = nil) {
      self.why = why
      unlessKey = key
    }
  }

  init(name: Name, scope: Scope = .document, role: Role = .fallback, shown: Shown? = nil, _ notation: ParameterNotation) {
    self.name = name
    self.scope = scope
    self.role = role
    self.shown = shown
    self.notation = notation
  }

  var isVariable: Bool { if case .variable = notation { true } else { false } }

  /// A variable under whose name, as a key, a mapping holds the value: `variable.NAME.default`.
  static func variable(_ notation: ParameterNotation) -> Parameter { Parameter(name: .key(around: 1), notation) }
}

/// How texts name the parameters of a format.
package enum ParameterNotation: Hashable, Sendable {
  /// Each is a text with `*` for the name; between its words blanks may stand: `$(params.*)`. `parts` are those in which it is never the
  /// whole of a text, and one without `*` is itself the name or the first part of one; under the keys `expressions` stand expressions that
  /// name it bare.
  case texts([String], parts: [String] = [], expressions: Set<String> = [])
  /// Variables of HCL and parameters of CloudFormation: `${NAME}`, `var.NAME`, `!Ref NAME`, `NAME` in an expression if it is there
  /// bare.
  case variable(isBare: Bool)
  /// What these contexts of an expression have: `${{ matrix.NAME }}`; the expression of an `if` needs no braces.
  case contexts([String])
}
