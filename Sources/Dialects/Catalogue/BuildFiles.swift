extension Dialect {
  /// Files of tools that build images, each in a language of its own, and read for the names of those alone: Jib in Gradle and Maven
  /// (<https://github.com/GoogleContainerTools/jib>), and Nix's `dockerTools`
  /// (<https://nixos.org/manual/nixpkgs/stable/#sec-pkgs-dockerTools>).
  static let buildFiles = Dialect(
    name: "build-files", title: "Files of tools that build images",
    claim: .content(
      ["**/*.{nix,gradle}", "**/*.gradle.kts", "**/pom.xml"],
      markers: ["dockerTools|jib"]), syntax: .buildFile)
}
