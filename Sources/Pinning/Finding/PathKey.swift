/// A path to look up by: its bytes count, as they do for file systems and for git. Two spellings of one accent are two files, which `String` calls equal.
///
/// swift-system's `FilePath` compares bytes, too; it takes three times as long, and a tree can have 80,000 files.
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
