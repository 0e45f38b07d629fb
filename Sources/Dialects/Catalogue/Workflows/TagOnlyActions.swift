/// Actions and reusable workflows that work with a tag only.
enum TagOnlyActions {
  /// What the name begins with, in lower case, and why.
  private static let all: [(prefix: String, why: String)] = [
    // <https://github.com/slsa-framework/slsa-github-generator#referencing-slsa-builders-and-generators>
    (
      "slsa-framework/slsa-github-generator/.github/workflows/",
      "it has to stay a tag: slsa-verifier accepts its builders by their tags only"
    )
  ]

  static func reason(for name: String) -> String? {
    let name = name.lowercased()
    return all.first { name.hasPrefix($0.prefix) }?.why
  }
}
