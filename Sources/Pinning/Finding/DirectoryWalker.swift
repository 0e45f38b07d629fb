import LibC
import SystemPackage

/// Looks for files where no git repository says which ones count.
package struct DirectoryWalker: Sendable {
  /// Directories of these names are not entered, at any depth: what version control and npm keep there is not the user's writing.
  package static let skippedNames: Set<String> = [".git", ".hg", ".svn", ".jj", "node_modules"]

  /// Everything below one directory, each list sorted by the paths' bytes. Paths are relative to it, parts separated by slashes.
  package struct Listing: Hashable, Sendable {
    /// Regular files.
    package var files: [String] = []
    /// Not followed.
    package var symbolicLinks: [String] = []
    /// Not entered: see `skippedNames`.
    package var skippedDirectories: [String] = []
    /// Not entered: the system does not let us.
    package var unreadableDirectories: [Unreadable] = []
    /// Names that are not UTF-8, with the path to them.
    package var unusablePaths: [[UInt8]] = []

    package init() {}
  }

  package struct Unreadable: Hashable, Sendable {
    package var path: String
    package var error: SystemError
  }

  package init() {}

  /// Walks all that is below a directory, which may itself be a symbolic link. Named pipes, sockets and devices are passed over.
  package func files(below directory: String) throws(ReadError) -> Listing {
    let root = FilePath(directory)
    var listing = Listing()
    var pending = [""]
    while let relative = pending.popLast() {
      do throws(SystemError) {
        for entry in try DirectoryListing.entries(of: root.appending(relative)) {
          visit(entry, in: relative, below: root, &listing, &pending)
        }
      } catch {
        if relative.isEmpty { throw .system(path: directory, error) }
        listing.unreadableDirectories.append(Unreadable(path: relative, error: error))
      }
    }
    listing.files.sort(by: Self.precedes)
    listing.symbolicLinks.sort(by: Self.precedes)
    listing.skippedDirectories.sort(by: Self.precedes)
    listing.unreadableDirectories.sort { Self.precedes($0.path, $1.path) }
    listing.unusablePaths.sort { $0.lexicographicallyPrecedes($1) }
    return listing
  }

  private func visit(
    _ entry: DirectoryListing.Entry, in relative: String, below root: FilePath, _ listing: inout Listing, _ pending: inout [String]
  ) {
    guard let name = String(validating: entry.name, as: UTF8.self) else {
      listing.unusablePaths.append((relative.isEmpty ? [] : Array(relative.utf8) + [UInt8(ascii: "/")]) + entry.name)
      return
    }
    let path = relative.isEmpty ? name : "\(relative)/\(name)"
    switch entry.type(at: root.appending(path)) {
    case Int32(DT_REG): listing.files.append(path)
    case Int32(DT_LNK): listing.symbolicLinks.append(path)
    case Int32(DT_DIR):
      if Self.skippedNames.contains(name) {
        listing.skippedDirectories.append(path)
      } else {
        pending.append(path)
      }
    default: break
    }
  }

  /// By bytes, as git sorts: String's own order is that of Unicode's canonical equivalence.
  private static func precedes(_ first: String, _ second: String) -> Bool {
    first.utf8.lexicographicallyPrecedes(second.utf8)
  }
}
