/// Files of the repository, as another file or its dialect names them.
package enum FileNames: Hashable, Sendable {
  /// One, by its path as it is written, below the first of these folders that has such a file.
  case path(String, from: [Base] = [.folder])
  /// All that match a pattern as it is written, below the first of these folders that has any.
  case pattern(String, from: [Base])
  /// Those in the folder of the file that names them whose paths match.
  case beside([Glob])
  /// Those below the folder that holds the nearest folder of one of these names around the file: of a role of Ansible, all of them. Their
  /// paths from there match.
  case around([String], [Glob])

  package enum Base: Hashable, Sendable {
    /// That of the file that names it.
    case folder
    /// The root of the repository.
    case root
  }

  /// Paths from the root of the repository, the likeliest first. Empty where it is outside, not literal, or more than one.
  package func paths(from file: String) -> [String] {
    guard case .path(let written, let bases) = self, Self.isInside(written) else { return [] }
    return bases.compactMap { Self.path(written, in: $0.folder(of: file)) }.filter { !$0.isEmpty }
  }

  /// The patterns over paths from the root, the likeliest first. Empty for a pattern that is outside of it, not literal, or not a pattern.
  package func globs(from file: String) -> [Glob] {
    guard case .pattern(let written, let bases) = self, Self.isInside(written) else { return [] }
    return bases.compactMap { base in
      let folder = base.folder(of: file).map { Substring(Glob.escaped($0)) }
      return Self.path(written, in: folder).flatMap { try? Glob(parsing: "/" + $0.anyDepthAsSegment) }
    }
  }

  /// The folder below which others lie that say more about that file, with a slash at its end; nil where none do.
  package func folder(around file: String) -> String? {
    switch self {
    case .path, .pattern: return nil
    case .beside:
      return file.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(file[...$0]) } ?? ""
    case .around(let names, _):
      let folders = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      guard let index = folders.lastIndex(where: { names.contains(String($0)) }) else { return nil }
      return folders[..<index].map { $0 + "/" }.joined()
    }
  }

  private static func isInside(_ written: String) -> Bool {
    !written.isEmpty && !written.hasPrefix("/") && !written.contains("://") && !written.contains("\\")
      && Literal.placeholder(in: written) == nil
  }

  /// The path of a file or a folder; nothing for the root itself, and nil for what is outside of it.
  package func fileOrFolder(from file: String) -> String? {
    guard case .path(let written, _) = self, !written.isEmpty, !written.hasPrefix("/"), !written.contains("://") else { return nil }
    return Self.path(written, in: file.split(separator: "/").dropLast())
  }

  /// nil where the path leads out of the repository, and nothing where it names its root.
  private static func path(_ written: String, in folder: [Substring]) -> String? {
    var parts = folder
    for part in written.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}

extension String {
  /// `ci/**.yml` of GitLab is `ci/**/*.yml`: any file below.
  fileprivate var anyDepthAsSegment: String {
    split(separator: "/").map { $0.hasPrefix("**") && $0 != "**" ? "**/\($0.dropFirst())" : String($0) }.joined(separator: "/")
  }
}

extension FileNames.Base {
  fileprivate func folder(of file: String) -> [Substring] {
    switch self {
    case .folder: file.split(separator: "/").dropLast()
    case .root: []
    }
  }
}
