extension Place {
  /// What has to hold for a path to mean what its place says.
  package indirect enum Condition: Hashable, Sendable {
    case always
    case all([Condition])
    case not(Condition)
    /// The value is a text that passes.
    case value(TextTest)
    /// An ancestor mapping has this key, and what is there passes. 0 is the mapping that holds the value, 1 the one around that.
    case around(Int, Keys, TextTest = .any)
    /// The key of the value, or the one that many keys above it on the way there, passes.
    case key(around: Int = 0, TextTest)
    /// The mapping that holds the value is under a key that matches.
    case underKey(Glob)
    /// The document is a Kubernetes object: `apiVersion` and `kind` at its root; the definition of a custom resource does not count.
    case kubernetesObject
    /// The value is in a Kubernetes object of that API group, or one below it, and, if any are named, of one of these kinds.
    case object(group: String, kinds: [String] = [])

    static func anyOf(_ conditions: [Condition]) -> Condition { .not(.all(conditions.map(Condition.not))) }

    /// The mapping that holds the value has this key, too, and what is there passes.
    static func sibling(_ keys: Keys, _ test: TextTest = .any) -> Condition { .around(0, keys, test) }

    /// The value is in `with:` of a step whose `uses:` has this text in it.
    static func stepUses(_ part: String) -> Condition { .around(1, "uses", .containsOneOf([part])) }
  }

  /// A key, or nested ones with dots between: `labels.backend`.
  package struct Keys: Hashable, Sendable, ExpressibleByStringLiteral {
    let names: [String]

    package init(stringLiteral keys: StaticString) { names = "\(keys)".split(separator: ".").map(String.init) }
  }
}
