/// Absolute paths as text: normalised without asking the file system, except where said.
enum Paths {
  /// `path` seen from `base`, with `.` and `..` taken out.
  static func absolute(_ path: String, from base: String) -> String {
    var components: [Substring] = []
    for component in ((path.hasPrefix("/") ? "" : base + "/") + path).split(separator: "/") {
      switch component {
      case ".": continue
      case "..": _ = components.popLast()
      default: components.append(component)
      }
    }
    return "/" + components.joined(separator: "/")
  }

  /// How to name the absolute path from that directory: `deploy/web.yaml`, `../web.yaml`, `.`.
  static func relative(_ path: String, to directory: String) -> String {
    let target = path.split(separator: "/")
    let base = directory.split(separator: "/")
    let common = zip(target, base).prefix { $0 == $1 }.count
    let result = Array(repeating: "..", count: base.count - common) + target[common...].map(String.init)
    return result.isEmpty ? "." : result.joined(separator: "/")
  }

  /// The part of `path` below `directory`: empty for the directory itself, nil where it is not below it.
  static func suffix(of path: String, below directory: String) -> String? {
    if path == directory { return "" }
    let prefix = directory.hasSuffix("/") ? directory : directory + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
  }

  static func parent(of path: String) -> String {
    let components = path.split(separator: "/").dropLast()
    return "/" + components.joined(separator: "/")
  }
}
