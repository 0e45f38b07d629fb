extension Dialect {
  /// Earthfiles. BuildKit resolves what `FROM` names, tag and digest together; what `WITH DOCKER --pull` names becomes the tag of what was
  /// pulled (`earthfile2llb/with_docker_run_tar.go`), so that it takes no digest. `+target` and `./dir+target` are targets, those of other
  /// repositories are not read; what `SAVE IMAGE` and `--load` name is built here.
  static let earthfile = Dialect(
    name: "earthfile", title: "Earthfile", sources: ["https://docs.earthly.dev/docs/earthfile"],
    claim: .path(["**/Earthfile"], or: ["**/*.earth"], markers: ["^VERSION ", "FROM "]),
    syntax: .earthfile, holdsShell: true)
}
