import LibC
import SystemPackage

/// The tree that a run works on. What a symbolic link leads out of it is neither read nor written, and nothing is below a link, as for git:
/// whoever may change the tree could name any file of this machine otherwise.
package struct SourceTree: Hashable, Sendable {
  /// Absolute, without a symbolic link in it.
  let root: FilePath

  /// nil for the root of the file system, which nothing leads out of.
  package init?(root: String) {
    self.root = FilePath(root)
    if self.root == "/" { return nil }
  }

  /// Why a path is not one of the tree.
  package enum Escape: Error, Hashable, Sendable {
    /// A directory of the path is a symbolic link; which, from the root.
    case beyondLink(String)
    /// The path is a symbolic link to what is not in the tree, or is git's own.
    case leadsOut
  }

  /// Says whether a path below the root may lead to `real`, which has no link in it.
  package func check(_ path: String, leadingTo real: String) throws(Escape) {
    // The way of nearly every file, for which no `FilePath` is made.
    if path.utf8.elementsEqual(real.utf8) { return }
    guard let parts = parts(of: path) else { throw .leadsOut }
    var directory = FilePath()
    for part in parts.dropLast() {
      directory.append(part)
      if (try? Stat.of(root.pushing(directory)))?.type == .symbolicLink { throw .beyondLink(directory.string) }
    }
    guard let target = self.parts(of: real), !target.contains(".git") else { throw .leadsOut }
  }

  /// nil for a path that is not below the root.
  private func parts(of path: String) -> FilePath.ComponentView? {
    var path = FilePath(path)
    return path.removePrefix(root) && !path.isEmpty ? path.components : nil
  }
}

extension SourceTree.Escape: CustomStringConvertible {
  package var description: String {
    switch self {
    case .beyondLink(let directory):
      "it is beyond the symbolic link '\(directory)', where git has a directory: put the directory back, or exclude it"
    case .leadsOut: "it is a symbolic link that leads out of the repository: put the file itself there, or exclude it"
    }
  }
}

enum OpenedFile {
  /// The path of what was opened, without a symbolic link in it, whatever has become of the path it was opened by.
  static func realPath(of file: FileDescriptor) throws(SystemError) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    #if canImport(Darwin)
      try SystemError.check { fcntl(file.rawValue, F_GETPATH, &buffer) }
      return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #else
      let count = try SystemError.check { readlink("/proc/self/fd/\(file.rawValue)", &buffer, buffer.count) }
      return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #endif
  }
}
