import LibC

/// The tree that a run works on. What a symbolic link leads out of it is neither read nor written, and nothing is below a link, as for git:
/// whoever may change the tree could name any file of this machine otherwise.
package struct SourceTree: Hashable, Sendable {
  /// Absolute, without a symbolic link in it.
  let root: String

  /// nil for the root of the file system, which nothing leads out of.
  package init?(root: String) {
    guard root != "/" else { return nil }
    self.root = root
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
    // The way of nearly every file.
    if path.utf8.elementsEqual(real.utf8) { return }
    guard let parts = parts(of: path) else { throw .leadsOut }
    for count in parts.indices.dropFirst() {
      let directory = parts[..<count].joined(separator: "/")
      if (try? FileStatus(path: "\(root)/\(directory)"))?.isSymbolicLink == true { throw .beyondLink(directory) }
    }
    guard let target = self.parts(of: real), !target.contains(".git") else { throw .leadsOut }
  }

  /// nil for a path that is not below the root.
  private func parts(of path: String) -> [Substring]? {
    guard path.utf8.starts(with: "\(root)/".utf8) else { return nil }
    return Substring(path.utf8.dropFirst(root.utf8.count)).split(separator: "/")
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
  static func realPath(of descriptor: Int32) throws(SystemError) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    #if canImport(Darwin)
      try SystemError.check { fcntl(descriptor, F_GETPATH, &buffer) }
      return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #else
      let count = try SystemError.check { readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count) }
      return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #endif
  }
}
