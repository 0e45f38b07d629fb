/// Where a file that the configuration names is.
package enum ConfiguredFile: Hashable, Sendable {
  /// Relative to the repository's root, without `.` and `..`.
  case inRepository(String)
  /// Absolute, or relative to the working directory.
  case atPath(String)

  /// Why a path is refused, with the path.
  package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  /// A relative path counts from the repository's root in the repository's own configuration, wherever that file is; in the user's
  /// configuration it counts from the directory of the file.
  init(written path: String, configurationFile: String, trust: Configuration.Trust) throws(Refusal) {
    guard !path.isEmpty else { throw Refusal(description: "the path is empty") }
    guard path != "~", !path.hasPrefix("~/") else { throw Refusal(description: "'\(path)': '~' is not expanded; write the whole path") }
    switch trust {
    case .repository:
      guard !path.hasPrefix("/"), let inside = Self.normalise(path) else {
        throw Refusal(description: "'\(path)' lies outside of the repository; \(Configuration.onlyFromUser)")
      }
      self = .inRepository(inside)
    case .user:
      let directory = configurationFile.lastIndex(of: "/").map { configurationFile[...$0] } ?? ""
      self = .atPath(path.hasPrefix("/") ? path : directory + path)
    }
  }

  /// nil if `..` leads out.
  private static func normalise(_ path: String) -> String? {
    var components: [Substring] = []
    for component in path.split(separator: "/") where component != "." {
      if component != ".." {
        components.append(component)
      } else if components.popLast() == nil {
        return nil
      }
    }
    return components.isEmpty ? nil : components.joined(separator: "/")
  }
}
