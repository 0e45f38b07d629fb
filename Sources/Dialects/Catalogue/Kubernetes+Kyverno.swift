extension Place {
  /// Kyverno's policies: what they compare images with is a pattern, what they put into objects may be an image;
  /// <https://kyverno.io/docs/policy-types/cluster-policy/validate/>.
  static let kyverno = [
    Place("**.rules[].validate.**.image", tells: .notAnImage, if: policy),
    Place("**.rules[].verifyImages.**.image", tells: .notAnImage, if: policy),
    Place("**.rules[].mutate.**.image", .likelyImage, if: policy),
    Place("**.rules[].mutate.**.image", tells: .notAnImage, if: policy),
  ]

  private static let policy = Condition.object(group: "kyverno.io")
}
