import Documents
import HTTP

/// One file in the format of containers-registries.conf(5), version 2. Keys that are not known are passed over, as Podman does.
struct RegistriesFile: Sendable {
  /// In the order of the file. They come from the user's machine, so they are trusted.
  private(set) var registries: [RegistryConfiguration] = []
  /// `unqualified-search-registries`; nil where the file does not have it.
  private(set) var searchedRegistries: [String]?

  private let file: TOMLFile

  init(_ bytes: [UInt8], path: String) throws(RegistriesFileError) {
    file = try TOMLFile(bytes, path: path)
    try refuseVersion1(file.root)
    for table in try file.tables(file.root, "registry") { registries.append(try registry(table)) }
    searchedRegistries = try file.strings(file.root, "unqualified-search-registries")
  }

  private func registry(_ table: TOMLTable) throws(RegistriesFileError) -> RegistryConfiguration {
    let isInsecure = try file.boolean(table, "insecure") ?? false
    let location = try place(table, "location")
    let prefix = try place(table, "prefix") ?? location
    guard let prefix else { throw file.invalid(table.byteOffset, "a registry needs a 'location'") }
    let isWildcard = prefix.hasPrefix("*.")
    guard location != nil || isWildcard else { throw file.invalid(table.byteOffset, "the registry '\(prefix)' needs a 'location'") }
    let host = isWildcard ? prefix.dropFirst(2) : prefix[...]
    guard !host.contains("*"), !isWildcard || !host.contains(where: { $0 == "/" || $0 == ":" }) else {
      throw file.invalid(table, "prefix", "has a '*', which is only allowed before a host: '*.example.com'")
    }
    _ = try url(String(host), table, prefix == location ? "location" : "prefix", isInsecure: false)
    guard table["pull-from-mirror"] == nil else {
      throw file.invalid(table, "pull-from-mirror", "belongs into a [[registry.mirror]]")
    }
    let isByDigestOnly = try file.boolean(table, "mirror-by-digest-only") ?? false
    var mirrors: [RegistryMirror] = []
    for mirror in try file.tables(table, "mirror") { mirrors.append(try self.mirror(mirror, isByDigestOnly: isByDigestOnly)) }
    var base: HTTPURL?
    if let location, location != prefix { base = try url(location, table, "location", isInsecure: isInsecure) }
    let blocker = try file.boolean(table, "blocked") == true ? file.place(of: table["blocked"]?.byteOffset ?? table.byteOffset) : nil
    return RegistryConfiguration(
      prefix: prefix, location: base, mirrors: mirrors, isInsecure: isInsecure,
      insecureOrigin: table["insecure"].map { file.place(of: $0.byteOffset) }, isTrusted: true, blocker: blocker)
  }

  private func mirror(_ table: TOMLTable, isByDigestOnly: Bool) throws(RegistriesFileError) -> RegistryMirror {
    guard let location = try place(table, "location") else { throw file.invalid(table.byteOffset, "a mirror needs a 'location'") }
    let base = try url(location, table, "location", isInsecure: try file.boolean(table, "insecure") ?? false)
    let references: RegistryMirror.References
    switch try file.string(table, "pull-from-mirror") ?? "" {
    case "" where isByDigestOnly: references = .digests
    case _ where isByDigestOnly: throw file.invalid(table, "pull-from-mirror", "cannot be used beside 'mirror-by-digest-only'")
    case "", "all": references = .all
    case "tag-only": references = .tags
    case "digest-only": references = .digests
    default: throw file.invalid(table, "pull-from-mirror", "is not 'all', 'tag-only' or 'digest-only'")
    }
    return RegistryMirror(base: base, replacesPrefix: true, references: references)
  }

  /// The old format's lists of registries to refuse or to ask over plain http, which must not be passed over.
  private func refuseVersion1(_ root: TOMLTable) throws(RegistriesFileError) {
    guard case .table(let registries) = root["registries"]?.content else { return }
    for name in ["block", "insecure"] {
      guard case .table(let list) = registries[name]?.content, try file.strings(list, "registries")?.isEmpty == false else { continue }
      throw file.invalid(
        list.byteOffset, "[registries.\(name)] belongs to version 1 of the format, which is not read: write a [[registry]] for each")
    }
  }

  // MARK: Values

  /// A `host[:port][/path]`, slashes at its end cut off; nil where the key is missing or empty.
  private func place(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> String? {
    guard let text = try file.string(table, key), !text.isEmpty else { return nil }
    guard !text.contains("://") else { throw file.invalid(table, key, "is a URL: write the host without '://'") }
    var place = text[...]
    while place.utf8.last == UInt8(ascii: "/") { place.removeLast() }
    let path = place.drop { $0 != "/" }
    guard !path.contains("@"), !path.contains(":") else {
      throw file.invalid(table, key, "holds a tag or a digest, which is not supported")
    }
    return String(place)
  }

  private func url(_ place: String, _ table: TOMLTable, _ key: String, isInsecure: Bool) throws(RegistriesFileError) -> HTTPURL {
    do throws(RegistryError) {
      return try RegistryMirror.url(place, isInsecure: isInsecure)
    } catch {
      throw file.invalid(table, key, "is not a host, with or without a path")
    }
  }
}
