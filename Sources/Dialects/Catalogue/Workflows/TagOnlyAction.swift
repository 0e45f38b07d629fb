import References

/// Actions and reusable workflows that work with a tag or a branch only.
struct TagOnlyAction: Sendable {
  /// What the name begins with, in lower case.
  let prefix: String
  /// With which refs a commit in their place would break it.
  let refs: Refs
  let why: String

  enum Refs: Sendable {
    case all
    case only(Set<String>)
    case allBut(Set<String>)
    /// Releases before that one.
    case before(String)

    func contain(_ ref: String) -> Bool {
      switch self {
      case .all: return true
      case .only(let refs): return refs.contains(ref)
      case .allBut(let refs): return !refs.contains(ref)
      case .before(let release):
        guard let version = GitVersion(ref), let release = GitVersion(release), version.numbers.count > 2 else { return false }
        return version < release
      }
    }
  }

  static let all: [TagOnlyAction] = [
    // <https://github.com/slsa-framework/slsa-github-generator#referencing-slsa-builders-and-generators>
    TagOnlyAction(
      prefix: "slsa-framework/slsa-github-generator/.github/workflows/", refs: .all,
      why: "it has to stay a tag: slsa-verifier accepts its builders by their tags only"),
    // Its branches are one commit on top of `master`, and made anew at each release of Rust;
    // <https://github.com/dtolnay/rust-toolchain#choice-of-full-length-commit-sha>.
    TagOnlyAction(
      prefix: "dtolnay/rust-toolchain", refs: .allBut(["master", "v1", "refs/heads/master", "refs/tags/v1"]),
      why:
        "its branches are rewritten and their commits vanish; write '@master' and the toolchain as 'with: {toolchain: …}', which can be pinned"
    ),
    // Until then it pulled an image tagged as `github.action_ref`, and none was tagged with the commit;
    // <https://github.com/pypa/gh-action-pypi-publish/pull/301>.
    TagOnlyAction(
      prefix: "pypa/gh-action-pypi-publish", refs: .only(["v1.11.0", "v1.12.0", "v1.12.1", "v1.12.2"]),
      why: "this version pulls its own image by its ref, and no image is named by a commit; from v1.12.3 on it can be pinned"),
    // <https://github.com/VirtusLab/bazel-steward/issues/457>
    TagOnlyAction(
      prefix: "virtuslab/bazel-steward", refs: .before("v1.7.4"),
      why: "this version downloads the release that its ref names, and none has the name of a commit; from v1.7.4 on it can be pinned"),
  ]

  /// Why an action stays as it is; nil where it can be pinned.
  static func reason(for action: ActionReference) -> String? {
    let name = action.name.lowercased()
    return all.first { rule in
      name.hasPrefix(rule.prefix) && (rule.prefix.hasSuffix("/") || name == rule.prefix || name.hasPrefix(rule.prefix + "/"))
        && rule.refs.contain(action.ref)
    }?.why
  }
}
