/// The names of directories that stand for registries.
enum RegistryHostName {
  /// What `_default` stands for: every registry that has no directory of its own.
  static let any = "*"

  /// `registry.test`, `registry.test:5000`, also for containerd's `registry.test_5000_`; lower case, without https's own port. nil for
  /// names of something else.
  static func host(ofDirectory name: String) -> String? {
    if name == "_default" { return any }
    guard !name.utf8.isEmpty, !name.hasPrefix("."), !name.contains("/") else { return nil }
    var host = name.lowercased()
    if host.hasSuffix("_"), let underscore = host.dropLast().lastIndex(of: "_") {
      let port = host[host.index(after: underscore)...].dropLast()
      if !port.isEmpty, port.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
        host = "\(host[..<underscore]):\(port)"
      }
    }
    return host.hasSuffix(":443") ? String(host.dropLast(4)) : host
  }
}
