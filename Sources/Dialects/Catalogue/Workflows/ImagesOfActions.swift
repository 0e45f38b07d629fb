extension Dialect {
  /// Inputs of well-known actions that name an image which they pull and run, by the `action.yml` of each:
  ///
  /// - `docker/setup-qemu-action` runs its `image` with privileges, `docker/setup-buildx-action` the one among its `driver-opts`.
  /// - Kind's node: `node_image` of `helm/kind-action` and `container-tools/kind-action`, `image` of `engineerd/setup-kind`. kind hands it
  ///   to Docker and takes both.
  /// - `addnab/docker-run-action` calls `docker run` with its `image`; `uraimo/run-on-arch-action` writes its `base_image` into a `FROM`,
  ///   flags and all; `redhat-actions/buildah-build` hands its `base-image` to Buildah.
  static let imagesOfActions = [
    Place("{jobs.*,runs}.steps[].with.image", if: .stepUses("docker/setup-qemu-action")),
    Place("{jobs.*,runs}.steps[].with.driver-opts", by: DriverOptions(), if: .stepUses("docker/setup-buildx-action")),
    Place("{jobs.*,runs}.steps[].with.node_image", if: .stepUses("/kind-action")),
    Place("{jobs.*,runs}.steps[].with.image", if: .stepUses("engineerd/setup-kind")),
    Place("{jobs.*,runs}.steps[].with.image", if: .stepUses("addnab/docker-run-action")),
    Place("{jobs.*,runs}.steps[].with.base_image", certainty: .ifTagged, if: .stepUses("uraimo/run-on-arch-action")),
    Place("{jobs.*,runs}.steps[].with.base-image", if: .stepUses("redhat-actions/buildah-build")),
  ]
}
