extension Dialect {
  /// Units of Podman's systemd generator. They came with Podman 4.4, and 3.3 and later take tag and digest together. They have a reader of
  /// their own.
  static let quadlet = Dialect(
    name: "quadlet", title: "Podman Quadlet units", sources: ["https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html"],
    claim: .content(
      ["**/*.{container,volume,image,build}", "**/*.{container,volume,image,build}.d/*.conf"], markers: ["Image", "=", "[", "]"]),
    syntax: .quadlet, templateMarks: [])
}
