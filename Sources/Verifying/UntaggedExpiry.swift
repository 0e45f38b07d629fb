/// Registries that are known to delete a manifest once no tag names it, with where that was seen. Who pins there loses the pin when the tag
/// moves.
enum UntaggedExpiry {
  /// Host, and what is known.
  private static let registries = [
    // https://docs.projectquay.io/use_quay.html (garbage collection); https://github.com/cilium/image-tools/issues/385
    "quay.io": "Quay deletes what no tag names",
    // https://github.com/nushell/nushell/issues/16419: where the owner's clean-up deletes untagged versions, as is common there.
    "ghcr.io": "clean-ups of GHCR delete what no tag names",
  ]

  /// nil for registries that are not known to do so.
  static func reason(_ registry: String) -> String? { registries[registry.lowercased()] }
}
