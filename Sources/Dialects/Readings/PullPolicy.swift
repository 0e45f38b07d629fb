import Documents

/// What a format says beside an image of when it is pulled. One that never is was built or loaded on the machine, where no digest of a
/// registry finds it.
struct PullPolicy: Sendable {
  let keys: [String]
  /// The values that mean never.
  let never: Set<String>
  /// The value of a key of the mapping that describes the image.
  private let value: @Sendable (String, Node, WalkedDocument) -> Node?

  init(
    _ keys: String..., never: Set<String>,
    value: @escaping @Sendable (String, Node, WalkedDocument) -> Node? = { key, mapping, document in document.member(key, of: mapping) }
  ) {
    self.keys = keys
    self.never = never
    self.value = value
  }

  /// What is there and says so, `imagePullPolicy: Never`; nil where the image may be pulled. A list of policies is tried in turn.
  func neverPulls(_ match: Match, in document: WalkedDocument) -> String? {
    let mapping = match.node.scalar == nil ? match.node : match.mappings.last
    return neverPulls { key in mapping.flatMap { value(key, $0, document) }.map { OwnNames.texts(of: $0).map(\.text) } ?? [] }
  }

  /// The same, with the value of a key beside the image.
  func neverPulls(_ values: (String) -> [String]) -> String? {
    for key in keys {
      let texts = values(key)
      if let first = texts.first, texts.allSatisfy(never.contains) { return "\(key): \(first)" }
    }
    return nil
  }
}

extension SkipReason {
  /// `policy` is what says so: `imagePullPolicy: Never`.
  static func neverPulled(_ policy: String) -> SkipReason {
    .notPinnable("'\(policy)' takes what was built or loaded on the machine, which has no digest of a registry")
  }
}
