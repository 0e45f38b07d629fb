import HTTP
import SystemPackage

/// What Podman and its relatives are told about registries on this machine: containers-registries.conf(5) and its drop-in files.
///
/// Only what matters for resolving is taken: `prefix`, `location`, `blocked`, `insecure` and the mirrors. `insecure` means plain http here,
/// and nothing but it: http is never tried beside https, and certificates are always checked. Names without a registry stay Docker Hub's,
/// whatever `unqualified-search-registries` and `[aliases]` say, because that is what most consumers of the files take them for.
package struct ContainersRegistries: Sendable {
  /// The longest prefix first, so that the first one that covers an image counts.
  package let registries: [RegistryConfiguration]
  /// What was read and is not followed, for the log.
  package let notes: [String]

  /// Reads the file that CONTAINERS_REGISTRIES_CONF names, else the user's own, else the system's. Drop-in files come after it: the
  /// system's, then the user's; beside a user's own file only the latter (containers-registries.conf.d(5)). Of tables with one prefix the
  /// last one counts.
  package init(environment: [String: String], homeDirectory: String?, files: MachineFiles) throws(RegistriesFileError) {
    let system = "/etc/containers/registries.conf"
    let user = homeDirectory.map { FilePath($0).appending(".config/containers/registries.conf").string }
    var directories = ["\(system).d"] + (user.map { ["\($0).d"] } ?? [])
    var paths: [String] = []
    if let named = environment["CONTAINERS_REGISTRIES_CONF"], !named.isEmpty {
      guard try Self.attempt({ try files.read(named) }) != nil else { throw .missing(file: named) }
      paths = [named]
    } else if let user, try Self.attempt({ try files.read(user) }) != nil {
      paths = [user]
      directories = ["\(user).d"]
    } else {
      paths = [system]
    }
    for directory in directories {
      let names = try Self.attempt { try files.list(directory) }
      paths += names.filter { $0.hasSuffix(".conf") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
        FilePath(directory).appending($0).string
      }
    }

    var byPrefix: [String: RegistryConfiguration] = [:]
    var searched: (registries: [String], path: String)?
    for path in paths {
      guard let bytes = try Self.attempt({ try files.read(path) }) else { continue }
      let file = try RegistriesFile(bytes, path: path)
      for registry in file.registries { byPrefix[registry.prefix] = registry }
      if let registries = file.searchedRegistries { searched = (registries, path) }
    }
    registries = byPrefix.values.sorted {
      let (left, right) = ($0.prefix.utf8.count, $1.prefix.utf8.count)
      // Of equal length, a host's own name comes before a wildcard.
      return left == right ? $0.prefix > $1.prefix : left > right
    }
    if let searched, let first = searched.registries.first, !["docker.io", "index.docker.io"].contains(first) {
      let shown = ServerText.shown(first) ?? ""
      notes = ["\(searched.path) looks for names without a registry at '\(shown)' first; here they are Docker Hub's"]
    } else {
      notes = []
    }
  }

  private static func attempt<Value>(_ body: () throws -> Value) throws(RegistriesFileError) -> Value {
    do { return try body() } catch { throw .unreadable(reason: "\(error)") }
  }
}
