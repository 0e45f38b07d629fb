/// How parameters are used as those are that their values are given to.
package struct ParameterFlow: Sendable {
  package struct Traits: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// It is used where an image may stand.
    package static let image = Traits(rawValue: 1)
    /// It is used where only an image can stand.
    package static let certainImage = Traits(rawValue: 2)
    /// It is used as one in more than the command lines of scripts.
    package static let outsideScripts = Traits(rawValue: 4)
    /// It is used where a digest is without a tag.
    package static let digestAlone = Traits(rawValue: 8)
    /// Nobody can tell what it is given to.
    package static let unknown = Traits(rawValue: 16)
  }

  package var traits: [Traits]
  /// Whether it is used as something else than an image.
  package var isOtherwise: [Bool]
  /// Of each, those whose value it is given, and what tells the caller where.
  package var givers: [[(giver: Int, place: Int)]]

  package init(traits: [Traits], isOtherwise: [Bool], givers: [[(giver: Int, place: Int)]]) {
    self.traits = traits
    self.isOtherwise = isOtherwise
    self.givers = givers
  }

  /// A parameter whose value is handed on is an image where the other one is, and used otherwise where that one is, or where that one is no
  /// image. `note` is told of each time that is so. O(parameters and hand-overs).
  package mutating func spread(_ note: (_ giver: Int, _ place: Int, _ receiver: Int) -> Void) {
    var pending = traits.indices.filter { !traits[$0].isEmpty }
    while let index = pending.popLast() {
      for (giver, _) in givers[index] where !traits[giver].isSuperset(of: traits[index]) {
        traits[giver].formUnion(traits[index])
        pending.append(giver)
      }
    }
    pending = traits.indices.filter { !traits[$0].contains(.image) || isOtherwise[$0] }
    while let index = pending.popLast() {
      for (giver, place) in givers[index] {
        note(giver, place, index)
        guard !isOtherwise[giver] else { continue }
        isOtherwise[giver] = true
        pending.append(giver)
      }
    }
  }
}
