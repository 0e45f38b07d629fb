/// New bytes for one file.
package struct FileChange: Hashable, Sendable {
  /// Absolute; the last part and, without a `SourceTree`, any other may be a symbolic link, which stays one.
  package var path: String
  /// What was read when the change was planned. If the file holds anything else by now, it is not written.
  package var originalBytes: [UInt8]
  package var newBytes: [UInt8]

  package init(path: String, originalBytes: [UInt8], newBytes: [UInt8]) {
    self.path = path
    self.originalBytes = originalBytes
    self.newBytes = newBytes
  }
}
