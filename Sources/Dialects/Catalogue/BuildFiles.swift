extension Dialect {
  /// Files of tools that build images, each in a language of its own, and read for the names of those alone: Tilt's `docker_build` and `custom_build`
  /// (<https://docs.tilt.dev/api.html#api.docker_build>), Earthly's `SAVE IMAGE` (<https://docs.earthly.dev/docs/earthfile#save-image>), Jib in Gradle and Maven
  /// (<https://github.com/GoogleContainerTools/jib>), and Nix's `dockerTools` (<https://nixos.org/manual/nixpkgs/stable/#sec-pkgs-dockerTools>).
  static let buildFiles = Dialect(
    name: "build-files", title: "Files of tools that build images",
    claim: .content(
      ["**/{Tiltfile,Earthfile}", "**/*.{tiltfile,earth,nix,gradle}", "**/*.gradle.kts", "**/pom.xml"],
      markers: ["docker_build|custom_build|SAVE IMAGE|dockerTools|jib"]), syntax: .buildFile)
}
