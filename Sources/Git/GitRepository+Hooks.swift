import CLibgit2
import SystemPackage

/// Where git looks for hooks.
package struct HooksDirectory: Hashable, Sendable {
  /// Absolute; it need not be there.
  package var path: String
  /// Whether something else than the repository's own configuration names it, so that other repositories use it, too.
  package var isShared: Bool
}

extension GitRepository {
  /// `core.hooksPath`, else `hooks` in the git directory that all work trees have in common (githooks(5)). A relative path counts from
  /// where hooks run: the top of the work tree, or a bare repository itself.
  ///
  /// - Parameter environment: as for `GitConfiguration.read`.
  package func hooksDirectory(environment: [String: String]) throws(GitError) -> HooksDirectory {
    let here = try GitConfiguration.read(environment: environment, repository: self)
    guard let path = here.hooksPath else {
      return HooksDirectory(path: commonDirectory.appending("hooks").string, isShared: false)
    }
    var files = environment
    files["GIT_CONFIG_COUNT"] = nil
    let everywhere = try GitConfiguration.read(environment: environment).hooksPaths
    let isOfEnvironment = try GitConfiguration.read(environment: files).hooksPaths.count < everywhere.count
    let isOfRepository = everywhere.count < here.hooksPaths.count && !isOfEnvironment
    let directory = FilePath(workDirectory ?? gitDirectory).pushing(FilePath(path))
    return HooksDirectory(path: directory.string, isShared: !isOfRepository)
  }
}

extension GitConfiguration {
  fileprivate var hooksPaths: [String] {
    entries.filter { $0.section == "core" && $0.key == "hookspath" && $0.subsection == nil }.map(\.value)
  }

  /// The one that counts; nil where it is empty.
  fileprivate var hooksPath: String? { hooksPaths.last.flatMap { $0.isEmpty ? nil : expanded($0) } }
}
