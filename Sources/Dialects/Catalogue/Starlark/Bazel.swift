extension Dialect {
  /// Images that Bazel pulls. `oci.pull` of rules_oci takes tag and digest as arguments and goes by the digest, unless `reproducible =
  /// False` is beside them; so does `container_pull` of rules_docker, which is archived. rules_img has an extension `images` and a rule
  /// that is called no more than `pull`, and goes by the digest, too.
  static let bazel = Dialect(
    name: "bazel", title: "Bazel modules",
    sources: [
      "https://github.com/bazel-contrib/rules_oci/blob/main/oci/pull.bzl", "https://github.com/bazelbuild/rules_docker#container_pull",
      "https://github.com/bazel-contrib/rules_img/blob/main/docs/pull.md",
      "https://github.com/bazel-contrib/rules_img/blob/main/docs/extensions.md",
    ],
    claim: .content(
      ["**/{MODULE,WORKSPACE}", "**/{MODULE,WORKSPACE}.{bazel,bzlmod}", "**/*.MODULE.bazel", "**/*.bzl"],
      markers: ["oci.pull|oci_pull|container_pull|rules_img", "image|repository"]), syntax: .starlark,
    places: [
      Place(#"{"oci.pull",oci_pull,container_pull}"#, by: BazelPull()),
      Place(#"{"images.pull",pull}"#, by: BazelPull(rules: "rules_img")),
    ])
}
