import Documents
import HTTP
import SystemPackage

/// One hosts.toml of containerd.
struct HostsFile: Sendable {
  /// nil where nothing in it matters for resolving.
  private(set) var configuration: RegistryConfiguration?
  /// By `host` (port 443) or `host:port`.
  private(set) var hosts: [String: HostTLS] = [:]
  private(set) var notes: [String] = []

  private let file: TOMLFile
  private let directory: FilePath

  /// `registry` is what the file's directory stands for.
  init(_ bytes: [UInt8], path: String, registry: String) throws(RegistriesFileError) {
    file = try TOMLFile(bytes, path: path)
    directory = FilePath(path).removingLastComponent()
    var mirrors: [RegistryMirror] = []
    for (key, value) in try file.table(file.root, "host")?.members ?? [] {
      guard case .table(let table) = value.content else { throw file.invalid(value.byteOffset, "'\(key)' is not a table") }
      let mirror = try self.mirror(key, table, at: value.byteOffset)
      try addTLS(of: table, to: mirror.base)
      if try resolves(table) { mirrors.append(mirror) }
    }
    let own = registry == RegistryHostName.any ? nil : try mirror(registry, TOMLTable.empty, at: 0)
    var server: RegistryMirror?
    var isInsecure = false
    if let written = try file.string(file.root, "server"), !written.isEmpty {
      let named = try mirror(written, file.root, at: file.root["server"]?.byteOffset ?? 0)
      try addTLS(of: file.root, to: named.base)
      if try !resolves(file.root) {
        notes.append("\(path): the server is asked although 'resolve' is not among its 'capabilities'")
      }
      if let own, named.isSame(as: own) {
        isInsecure = named.base.scheme == .http
      } else {
        server = named
      }
    } else if let own {
      try addTLS(of: file.root, to: own.base)
    }
    if !mirrors.isEmpty || server != nil || isInsecure {
      configuration = RegistryConfiguration(prefix: registry, mirrors: mirrors, server: server, isInsecure: isInsecure, isTrusted: true)
    }
  }

  /// From `https://host:port/path`, or without the scheme for https. A path is the one before `/v2`, or with `override_path` all that
  /// is before the repository.
  private func mirror(_ written: String, _ table: TOMLTable, at byteOffset: Int) throws(RegistriesFileError) -> RegistryMirror {
    let overridesPath = try file.boolean(table, "override_path") ?? false
    var base: HTTPURL
    do throws(HTTPURLError) {
      base = try HTTPURL(parsing: written.hasPrefix("http") && written.contains("://") ? written : "https://\(written)")
      guard base.query == nil else { throw .fragment }
    } catch { throw file.invalid(byteOffset, "'\(ServerText.shown(written) ?? "")' is not the URL of a registry: write 'https://host'") }
    if base.host == "docker.io", base.port == nil { base.host = RegistryConfiguration.host(of: base.host) }
    var path = base.path.split(separator: "/").map { "/\($0)" }.joined()
    if !overridesPath, !path.hasSuffix("/v2") { path += "/v2" }
    // What is behind the `/v2` of the protocol is a part of the repository's name, for which tokens are asked.
    let isBelowRoot = path == "/v2" || path.hasPrefix("/v2/")
    base.path = isBelowRoot ? String(path.dropFirst(3)) : ""
    return RegistryMirror(base: base, interface: isBelowRoot ? "/v2" : path, namesRegistry: true)
  }

  private func resolves(_ table: TOMLTable) throws(RegistriesFileError) -> Bool {
    let capabilities = try file.strings(table, "capabilities")?.map { $0.lowercased() } ?? []
    if let unknown = capabilities.first(where: { !["pull", "resolve", "push"].contains($0) }) {
      throw file.invalid(table, "capabilities", "has '\(ServerText.shown(unknown) ?? "")', which is not 'pull', 'resolve' or 'push'")
    }
    return capabilities.isEmpty || capabilities.contains("resolve")
  }

  // MARK: TLS

  private mutating func addTLS(of table: TOMLTable, to url: HTTPURL) throws(RegistriesFileError) {
    if try file.boolean(table, "skip_verify") == true {
      let place = file.place(of: table["skip_verify"]?.byteOffset ?? table.byteOffset)
      notes.append("\(place): 'skip_verify' is not followed: certificates are always checked; name the CA of \(url.authority) with 'ca'")
    }
    for key in ["header", "proxy"] {
      guard let value = table[key] else { continue }
      notes.append("\(file.place(of: value.byteOffset)): '\(key)' of \(url.authority) is not followed")
    }
    var tls = HostTLS()
    tls.authorities = try paths(table, "ca").map { CertificateAuthority(path: $0, setting: "'ca' in \(file.path)") }
    let clients = try clientPairs(table)
    if let (certificate, key) = clients.first {
      tls.clientCertificate = ClientCertificate(certificatePath: certificate, keyPath: key, setting: "'client' in \(file.path)")
    }
    if clients.count > 1 { notes.append("\(file.path): only the first client certificate for \(url.authority) is used") }
    if url.scheme == .https, tls != HostTLS() { hosts[url.port == 443 ? url.host : url.authority] = tls }
  }

  /// A path, or an array of paths.
  private func paths(_ table: TOMLTable, _ key: String) throws(RegistriesFileError) -> [String] {
    if case .string(let path) = table[key]?.content { return [absolute(path)] }
    return try file.strings(table, key)?.map(absolute) ?? []
  }

  /// A path of a file that holds both, an array of such paths, or an array of pairs; an empty second path means that the first file holds
  /// both.
  private func clientPairs(_ table: TOMLTable) throws(RegistriesFileError) -> [(certificate: String, key: String)] {
    guard let value = table["client"] else { return [] }
    guard case .array(let elements) = value.content else { return try paths(table, "client").map { ($0, $0) } }
    var pairs: [(certificate: String, key: String)] = []
    for element in elements {
      switch element.content {
      case .string(let path): pairs.append((absolute(path), absolute(path)))
      case .array(let pair):
        guard pair.count == 2, case .string(let certificate) = pair[0].content, case .string(let key) = pair[1].content else {
          throw file.invalid(element.byteOffset, "'client' holds an array that is not a pair of paths: a certificate and a key")
        }
        pairs.append((absolute(certificate), absolute(key.isEmpty ? certificate : key)))
      default: throw file.invalid(element.byteOffset, "'client' holds something that is neither a path nor a pair of paths")
      }
    }
    return pairs
  }

  private func absolute(_ path: String) -> String { directory.pushing(FilePath(path)).string }
}

extension RegistryMirror {
  /// Whether both are one registry, whatever the scheme.
  fileprivate func isSame(as other: RegistryMirror) -> Bool {
    base.host == other.base.host && (base.port ?? 443) == (other.base.port ?? 443) && base.path == other.base.path
      && interface == other.interface
  }
}
