/// What of git's environment variables decides which repository is meant.
package struct GitEnvironment: Hashable, Sendable {
  /// GIT_DIR: this git directory, without a search.
  package var gitDirectory: String?
  /// GIT_WORK_TREE: wins over what the repository's configuration says.
  package var workTree: String?
  /// GIT_INDEX_FILE: what is about to be committed, in a pre-commit hook. Relative to the work tree.
  package var indexFile: String?
  /// GIT_CEILING_DIRECTORIES, separated by colons: the search does not go up into any of these.
  package var ceilingDirectories: String?
  /// GIT_DISCOVERY_ACROSS_FILESYSTEM
  package var searchesAcrossFileSystems = false
  /// What decides about the files that git's configuration is read from, and what `GIT_CONFIG_COUNT` adds to them.
  package var configurationVariables: [String: String] = [:]

  package init() {}

  package init(_ variables: [String: String]) {
    func value(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }
    gitDirectory = value("GIT_DIR")
    workTree = value("GIT_WORK_TREE")
    indexFile = value("GIT_INDEX_FILE")
    ceilingDirectories = value("GIT_CEILING_DIRECTORIES")
    let across = value("GIT_DISCOVERY_ACROSS_FILESYSTEM")?.lowercased()
    configurationVariables = variables.filter { $0.key.hasPrefix("GIT_CONFIG_") || ["HOME", "XDG_CONFIG_HOME"].contains($0.key) }
    searchesAcrossFileSystems = across.map { ["true", "yes", "on", "1"].contains($0) } ?? false
  }
}
