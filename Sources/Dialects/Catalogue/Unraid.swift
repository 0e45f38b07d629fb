import Documents

extension Dialect {
  /// Templates of Unraid's Docker manager, an XML element `Container` with the image in `Repository`. It takes what is between the
  /// first two colons for the tag (`DockerUtil::ensureImageTag` in dynamix.docker.manager), so that only a digest without a tag comes
  /// through, and the template has no place to say which tag that was.
  static let unraid = Dialect(
    name: "unraid", title: "Unraid templates", sources: ["https://docs.unraid.net/unraid-os/using-unraid-to/run-docker-containers/"],
    claim: .content(["**/*.xml"], markers: ["<Container", "<Repository>"]) { root in root["Container"]?["Repository"] != nil },
    syntax: .xml,
    places: [
      Place(
        "Container.Repository",
        role: .leftAlone(
          "Unraid takes the text behind the first colon for the tag, so it takes no tag with a digest; write 'name@sha256:…' by hand"))
    ])
}
