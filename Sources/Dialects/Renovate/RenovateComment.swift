import References

/// A comment that says to Renovate which image the tag in the next line is one of: `renovate: datasource=docker depName=alpine`. Its words
/// are those of Renovate's own presets, in any order; <https://docs.renovatebot.com/presets-customManagers/>.
struct RenovateComment {
  let image: ImageName

  /// nil where it names no image, or what is written is not the tag as the registry has it (`extractVersion`).
  init?(_ comment: String) {
    guard comment.hasPrefix("renovate:") else { return nil }
    var values: [String: String] = [:]
    for word in comment.dropFirst("renovate:".count).split(whereSeparator: \.isWhitespace) {
      guard let equals = word.firstIndex(of: "="), values[String(word[..<equals])] == nil else { return nil }
      values[String(word[..<equals])] = String(word[word.index(after: equals)...])
    }
    guard values["datasource"] == "docker", values["extractVersion"] == nil,
      let name = values["packageName"] ?? values["lookupName"] ?? values["depName"],
      let image = Self.image(name, registry: values["registryUrl"])
    else { return nil }
    self.image = image
  }

  private static func image(_ name: String, registry: String?) -> ImageName? {
    guard let registry, let parsed = try? ImageName(parsing: name) else { return try? ImageName(parsing: name) }
    var host = registry[...]
    for scheme in ["https://", "http://"] where host.hasPrefix(scheme) { host = host.dropFirst(scheme.count) }
    while host.hasSuffix("/") { host = host.dropLast() }
    if ["docker.io", "index.docker.io", "hub.docker.com", "registry-1.docker.io"].contains(host) { return parsed }
    if name.hasPrefix(host + "/") { return parsed }
    // A name that has a registry, of another than the address says: nobody knows which is meant.
    guard parsed.registry == ImageName.dockerHub, !name.hasPrefix("docker.io/") else { return nil }
    return try? ImageName(parsing: "\(host)/\(name)")
  }
}
