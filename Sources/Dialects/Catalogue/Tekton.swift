extension Dialect {
  /// Tekton's tasks, pipelines and runs, and what Kubernetes objects stand beside them in a file;
  /// <https://tekton.dev/docs/pipelines/tasks/>. Images of steps go to pods as they are. Bundles are OCI images that Tekton itself pulls,
  /// with tag and digest: <https://tekton.dev/docs/pipelines/bundle-resolver/>.
  static let tekton = Dialect(
    name: "tekton", title: "Tekton", claim: .content(["**/*.{yml,yaml}"], markers: ["tekton.dev/", "apiVersion", "kind"]), syntax: .yaml,
    places: [
      Place("**.{steps[],stepTemplate,sidecars[]}.image", if: ofTekton),
      Place("**.spec.image", if: .object(group: "tekton.dev", kinds: ["StepAction"])),
      Place("**.{taskRef,pipelineRef}.bundle", if: ofTekton),
      Place("**.params[].value", if: .all([ofTekton, .sibling("name", .is("bundle")), .around(1, "resolver", .is("bundles"))])),
      Place("**.params[].{default,value}", certainty: .ifUsed(tektonParameter), if: ofTekton),
      Place("**.steps[].args", by: BuildArguments(), if: ofTekton),
      Place("**.steps[].script", shell: .posix, if: ofTekton),
    ] + kubernetes.places,
    exclusions: kubernetes.exclusions, customs: kubernetes.customs)

  private static let ofTekton = Place.Condition.object(group: "tekton.dev")

  private static let tektonParameter = Parameter(
    name: .sibling("name"), scope: 1, uses: ["$(params.*)", "$(params['*'])", "$(params[\"*\"])", "$(inputs.params.*)"])
}
