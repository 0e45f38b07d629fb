extension Dialect {
  /// Tiltfiles, for what they build. The functions of its extensions take the name of the image as the first argument or as `ref`, too.
  /// Commands are lines for a shell.
  static let tilt = Dialect(
    name: "tilt", title: "Tiltfile",
    sources: ["https://docs.tilt.dev/api.html#api.docker_build", "https://github.com/tilt-dev/tilt-extensions"],
    claim: .path(["**/Tiltfile", "**/Tiltfile.*", "**/*.tiltfile"]), syntax: .starlark,
    places: [
      Place(built: "{docker_build,custom_build,docker_build_with_restart,custom_build_with_restart,docker_build_sub}.{0,ref}"),
      Place(built: "{podman_build,nerdctl_build,kubectl_build,ko_build,bazel_build,depot_build,pack,buildah_build}.{0,ref,name}"),
      Place(built: "{earthly_build,nix_build,build_nix_image}.ref"),
      Place(
        "{docker_build,docker_build_with_restart,docker_build_sub}.dockerfile", files: "dockerfile", reported: .nothing),
      Place("local.{0,command}", shell: .posix),
      Place("local_resource.{1,cmd,serve_cmd}", shell: .posix),
    ], notFiles: ["**/*.{md,rst,txt,orig,rej,swp}"], holdsShell: true)
}
