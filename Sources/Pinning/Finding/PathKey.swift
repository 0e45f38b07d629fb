/// A path in the repository as the key of a lookup. Its bytes count, as they do for file systems and git: two spellings of one accent,
/// which `String` calls equal, are two files.
///
/// Such a path is text, relative to the root and with `/`, as git and dialects have it. A path of this machine is a `FilePath`
/// (`root.appending(path)`), and compares bytes, too. As a key that takes three times as long, and a tree can have 80,000 files.
package struct PathKey: Hashable, Comparable, Sendable {
  package let path: String

  package init(_ path: String) { self.path = path }

  package static func == (left: PathKey, right: PathKey) -> Bool { left.path.utf8.elementsEqual(right.path.utf8) }

  package static func < (left: PathKey, right: PathKey) -> Bool { left.path.utf8.lexicographicallyPrecedes(right.path.utf8) }

  package func hash(into hasher: inout Hasher) {
    var path = path
    path.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
