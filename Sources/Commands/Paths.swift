import SystemPackage

/// Absolute paths as text. They are normalised without asking the file system, except where said. They are compared by their bytes, as file
/// systems do: two spellings of one accent are two files.
enum Paths {
  /// `path` seen from `base`, with `.` and `..` taken out.
  static func absolute(_ path: String, from base: String) -> String {
    FilePath(base).pushing(FilePath(path)).lexicallyNormalized().string
  }

  /// How to name the absolute path from that directory: `deploy/web.yaml`, `../web.yaml`, `.`.
  static func relative(_ path: String, to directory: String) -> String {
    // The way of nearly every file.
    if let below = suffix(of: path, below: directory), !below.isEmpty { return below }
    let target = FilePath(path).components
    let base = FilePath(directory).components
    let common = zip(target, base).prefix { $0 == $1 }.count
    let result = Array(repeating: "..", count: base.count - common) + target.dropFirst(common).map(\.string)
    return result.isEmpty ? "." : result.joined(separator: "/")
  }

  /// The part of `path` below `directory`: empty for the directory itself, nil where it is not below it.
  static func suffix(of path: String, below directory: String) -> String? {
    guard path.utf8.starts(with: directory.utf8) else { return nil }
    let rest = path.utf8.dropFirst(directory.utf8.count)
    let slash = UInt8(ascii: "/")
    if rest.isEmpty || directory.utf8.last == slash { return String(Substring(rest)) }
    return rest.first == slash ? String(Substring(rest.dropFirst())) : nil
  }

  static func parent(of path: String) -> String { FilePath(path).removingLastComponent().string }

  static func lastComponent(of path: String) -> String { FilePath(path).lastComponent?.string ?? "" }
}
