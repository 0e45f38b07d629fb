/// How files of this machine's configuration are read. Both throw an error whose description names the path.
package struct MachineFiles: Sendable {
  /// The bytes of a file; nil if there is none.
  package var read: @Sendable (_ path: String) throws -> [UInt8]?
  /// The names in a directory; empty if there is none.
  package var list: @Sendable (_ path: String) throws -> [String]

  package init(
    read: @escaping @Sendable (_ path: String) throws -> [UInt8]?, list: @escaping @Sendable (_ path: String) throws -> [String]
  ) {
    self.read = read
    self.list = list
  }
}
