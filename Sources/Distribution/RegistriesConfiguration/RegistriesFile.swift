import HTTP
import References
import SourceText

/// One file in the format of containers-registries.conf(5), version 2. Keys that are not known are passed over, as Podman does.
struct RegistriesFile: Sendable {
  /// In the order of the file. They come from the user's machine, so they are trusted.
  private(set) var registries: [RegistryConfiguration] = []
  /// `unqualified-search-registries`; nil where the file does not have it.
  private(set) var searchedRegistries: [String]?

  private let path: String
  private let source: SourceText

  init(_ bytes: [UInt8], path: String) throws(RegistriesFileError) {
    self.path = path
    source = SourceText(bytes)
    let root: TOMLTable
    do throws(TOMLError) {
      root = try TOMLReader.read(source)
    } catch {
      throw .invalid(place: "\(path):\(source.position(at: error.byteOffset))", problem: error.problem)
    }
    try refuseVersion1(root)
    for table in try tables(root, "registry") { registries.append(try registry(table)) }
    searchedRegistries = try strings(root, "unqualified-search-registries")
  }

  private func registry(_ table: TOMLTable) throws(RegistriesFileError) -> RegistryConfiguration {
    let isInsecure = try boolean(table, "insecure") ?? false
    let location = try place(table, "location")
    let prefix = try place(table, "prefix") ?? location
    guard let prefix else { throw invalid(table.byteOffset, "a registry needs a 'location'") }
    let isWildcard = prefix.hasPrefix("*.")
    guard location != nil || isWildcard else { throw invalid(table.byteOffset, "the registry '\(prefix)' needs a 'location'") }
    let host = isWildcard ? prefix.dropFirst(2) : prefix[...]
    guard !host.contains("*"), !isWildcard || !host.contains(where: { $0 == "/" || $0 == ":" }) else {
      throw invalid(table, "prefix", "has a '*', which can only stand before a host alone: '*.example.com'")
    }
    _ = try url(String(host), table, prefix == location ? "location" : "prefix", isInsecure: false)
    guard table["pull-from-mirror"] == nil else {
      throw invalid(table, "pull-from-mirror", "belongs into a [[registry.mirror]]")
    }
    let isByDigestOnly = try boolean(table, "mirror-by-digest-only") ?? false
    var mirrors: [RegistryMirror] = []
    for mirror in try tables(table, "mirror") { mirrors.append(try self.mirror(mirror, isByDigestOnly: isByDigestOnly)) }
    var base: HTTPURL?
    if let location, location != prefix { base = try url(location, table, "location", isInsecure: isInsecure) }
    let blocker = try boolean(table, "blocked") == true ? place(of: table["blocked"]?.byteOffset ?? table.byteOffset) : nil
    return RegistryConfiguration(
      prefix: prefix, location: base, mirrors: mirrors, isInsecure: isInsecure, isTrusted: true, blocker: blocker)
  }

  private func mirror(_ table: TOMLTable, isByDigestOnly: Bool) throws(RegistriesFileError) -> RegistryMirror {
    guard let location = try place(table, "location") else { throw invalid(table.byteOffset, "a mirror needs a 'location'") }
    let base = try url(location, table, "location", isInsecure: try boolean(table, "insecure") ?? false)
    let references: RegistryMirror.References
    switch try string(table, "pull-from-mirror") ?? "" {
    case "" where isByDigestOnly: references = .digests
    case _ where isByDigestOnly: throw invalid(table, "pull-from-mirror", "cannot stand beside 'mirror-by-digest-only'")
    case "", "all": references = .all
    case "tag-only": references = .tags
    case "digest-only": references = .digests
    default: throw invalid(table, "pull-from-mirror", "is not 'all', 'tag-only' or 'digest-only'")
    }
    return RegistryMirror(base: base, replacesPrefix: true, references: references)
  }

  /// The old format's lists of registries to refuse or to ask over plain http, which must not be passed over.
  private func refuseVersion1(_ root: TOMLTable) throws(RegistriesFileError) {
    guard case .table(let registries) = root["registries"]?.content else { return }
    for name in ["block", "insecure"] {
      guard case .table(let list) = registries[name]?.content, try strings(list, "registries")?.isEmpty == false else { continue }
      throw invalid(
        list.byteOffset, "[registries.\(name)] belongs to version 1 of the format, which is not read: write a [[registry]] for each")
    }
  }

  // MARK: Values

  /// A `host[:port][/path]`, slashes at its end cut off; nil where the key is missing or empty.
  private func place(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> String? {
    guard let text = try string(table, key), !text.isEmpty else { return nil }
    guard !text.contains("://") else { throw invalid(table, key, "is a URL: write the host without '://'") }
    var place = text[...]
    while place.utf8.last == UInt8(ascii: "/") { place.removeLast() }
    let path = place.drop { $0 != "/" }
    guard !path.contains("@"), !path.contains(":") else { throw invalid(table, key, "holds a tag or a digest, which is not supported") }
    return String(place)
  }

  private func url(_ place: String, _ table: TOMLTable, _ key: String, isInsecure: Bool) throws(RegistriesFileError) -> HTTPURL {
    do throws(RegistryError) {
      return try RegistryMirror.url(place, isInsecure: isInsecure)
    } catch {
      throw invalid(table, key, "is no host with or without a path")
    }
  }

  private func boolean(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> Bool? {
    guard let value = table[key] else { return nil }
    guard case .boolean(let boolean) = value.content else { throw invalid(table, key, "is neither true nor false") }
    return boolean
  }

  private func string(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> String? {
    guard let value = table[key] else { return nil }
    guard case .string(let text) = value.content else { throw invalid(table, key, "is not a string") }
    return text
  }

  private func strings(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> [String]? {
    guard let value = table[key] else { return nil }
    guard case .array(let elements) = value.content else { throw invalid(table, key, "is not an array") }
    var texts: [String] = []
    for element in elements {
      guard case .string(let text) = element.content else {
        throw invalid(element.byteOffset, "'\(key)' holds something that is not a string")
      }
      texts.append(text)
    }
    return texts
  }

  /// `[[key]]`, or an array of tables in one line.
  private func tables(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> [TOMLTable] {
    switch table[key]?.content {
    case nil: return []
    case .tables(let tables): return tables
    case .array(let elements):
      var tables: [TOMLTable] = []
      for element in elements {
        guard case .table(let table) = element.content else {
          throw invalid(element.byteOffset, "'\(key)' holds something that is not a table")
        }
        tables.append(table)
      }
      return tables
    default: throw invalid(table, key, "is not an array of tables: write [[…]]")
    }
  }

  private func place(of byteOffset: Int) -> String { "\(path):\(source.position(at: byteOffset))" }

  private func invalid(_ table: TOMLTable, _ key: String, _ problem: String) -> RegistriesFileError {
    invalid(table[key]?.byteOffset ?? table.byteOffset, "'\(key)' \(problem)")
  }

  private func invalid(_ byteOffset: Int, _ problem: String) -> RegistriesFileError {
    .invalid(place: place(of: byteOffset), problem: problem)
  }
}
