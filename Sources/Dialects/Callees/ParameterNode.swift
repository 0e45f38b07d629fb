import SourceText

/// A parameter of one file, as other files need to know it: what it is used as, who can give it values, and what it is given to.
package struct ParameterNode: Sendable {
  package var name: String
  package var traits: ParameterFlow.Traits
  /// Who has it, so that others can give it a value.
  package var owners: [Callee] = []
  /// It is a parameter of one of these, the first that is found.
  package var callees: [Callee]?
  /// The first use that is not an image.
  package var otherUse: Other?
  /// The parameters of the file, by their numbers, whose value it is given as, and the lines.
  package var receivers: [(line: Int, node: Int)] = []
  /// Its values, where what other files say decides on them.
  package var values: [Value] = []

  package struct Other: Sendable {
    var kind: ParameterGroup.OtherUse.Kind
    var line: Int
  }

  package struct Value: Sendable {
    /// What it is where the parameter is an image.
    package var site: Site
    /// It has a tag or a digest, so that it is also an image where it only may be one.
    package var isTagged: Bool
    /// Why it is left alone even where the parameter is nothing else.
    package var why: String?
  }

  /// Why a digest may break it; nil where nothing in its own file says so.
  package func why(in file: String?) -> String? {
    otherUse.map { $0.kind.why(of: name, line: $0.line, in: file) }
  }

  /// The same for a value that is handed on in that line.
  package func whyHandedOn(line: Int) -> String { ParameterGroup.OtherUse.Kind.handedOn.why(of: name, line: line) }
}

extension Site {
  /// The same with another content. One that a comment leaves alone is still left alone.
  package func with(content: Content) -> Site {
    var site = self
    if covered != nil, endedMark == nil { site.covered?.content = content } else { site.content = content }
    return site
  }
}
