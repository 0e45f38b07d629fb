extension Dialect {
  /// Files of tools that build images, each in a language of its own, and read for the names of those alone: Jib in Gradle and Maven, and
  /// Nix's `dockerTools`.
  static let buildFiles = Dialect(
    name: "build-files", title: "Files of tools that build images",
    sources: ["https://github.com/GoogleContainerTools/jib", "https://nixos.org/manual/nixpkgs/stable/#sec-pkgs-dockerTools"],
    claim: .content(
      ["**/*.{nix,gradle}", "**/*.gradle.kts", "**/pom.xml"],
      markers: ["dockerTools|jib"]), syntax: .buildFile)
}
