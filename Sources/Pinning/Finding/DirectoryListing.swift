import LibC
import SystemPackage

/// The entries of one directory.
enum DirectoryListing {
  struct Entry {
    var name: [UInt8]
    /// A `DT_` constant; `DT_UNKNOWN` on some file systems.
    fileprivate var type: UInt8

    /// What is at that path, which is the entry's: a `DT_` constant.
    func type(at path: @autoclosure () -> FilePath) -> Int32 {
      guard type == DT_UNKNOWN, let found = try? Stat.of(path()).type else { return Int32(type) }
      return Int32(found == .regular ? DT_REG : found == .directory ? DT_DIR : found == .symbolicLink ? DT_LNK : DT_UNKNOWN)
    }
  }

  /// In no order, without `.` and `..`.
  static func entries(
    of directory: FilePath, where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool = { _ in true }
  ) throws(SystemError) -> [Entry] {
    guard let stream = directory.withPlatformString({ opendir($0) }) else { throw .last }
    defer { closedir(stream) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw .last }
        return entries
      }
      withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
        let name = buffer.bindMemory(to: UInt8.self)
        let end = name.firstIndex(of: 0) ?? name.endIndex
        let bytes = UnsafeBufferPointer(rebasing: name[..<end])
        if bytes.elementsEqual([UInt8(ascii: ".")]) || bytes.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")]) { return }
        if isWanted(bytes) { entries.append(Entry(name: Array(bytes), type: UInt8(entry.pointee.d_type))) }
      }
    }
  }

  /// Those that are UTF-8.
  static func names(in directory: FilePath, where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool) throws(SystemError) -> [String] {
    try entries(of: directory, where: isWanted).compactMap { String(validating: $0.name, as: UTF8.self) }
  }

  /// Brings renames in it to the disk. Where directories cannot be opened or synced, there is nothing that could.
  static func sync(_ directory: FilePath) throws(SystemError) {
    guard let opened = try? FileDescriptor.open(directory, .readOnly, options: [.directory, .closeOnExec]) else { return }
    defer { try? opened.close() }
    do {
      try SystemError.check { fsync(opened.rawValue) }
    } catch {
      guard [EINVAL, ENOTSUP, EBADF, EROFS].contains(error.code) else { throw error }
    }
  }
}
