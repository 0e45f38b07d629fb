extension Place {
  /// Kyverno's policies: what they compare images with is a pattern, what they put into objects may be an image;
  /// <https://kyverno.io/docs/policy-types/cluster-policy/validate/>.
  static let kyverno = [
    Place("**.rules[].{validate,verifyImages}.**.image", by: NoImage(), if: policy),
    Place("**.rules[].mutate.**.image", certainty: .ifTagged, if: policy),
    Place("**.rules[].mutate.**.image", by: NoImage(), if: policy),
  ]

  private static let policy = Condition.object(group: "kyverno.io")
}

/// It has the name of an image and is not one: no place after this one applies.
struct NoImage: PlaceReading {
  var words: String? { nil }
  var isLoose: Bool { true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? { [] }
}
