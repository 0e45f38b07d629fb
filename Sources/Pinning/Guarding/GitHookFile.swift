import LibC
import SystemPackage

/// The pre-push hook that calls `tagpin guard`.
package struct GitHookFile: Sendable {
  private let directory: String

  package init(directory: String) { self.directory = directory }

  package var path: String { FilePath(directory).appending("pre-push").string }

  /// By this line a hook is known as tagpin's own.
  static let marker = "# Written by 'tagpin guard --install-hook'; to take it back, remove this file."

  /// What calls tagpin from another hook. Others may read standard input, too, and it can be read only once.
  package static let call = #"""
    refs=$(cat)
    printf '%s\n' "$refs" | tagpin guard --git-hook "$1" "$2" || exit 1
    """#

  static let script = """
    #!/bin/sh
    \(marker)
    # It refuses to move or delete a tag that the remote has.
    if ! command -v tagpin >/dev/null 2>&1; then
      echo "tagpin is not in PATH, and without it the tags that this push would move are not known: install it, or push with --no-verify" >&2
      exit 1
    fi
    exec tagpin guard --git-hook "$1" "$2"

    """

  package enum Outcome: Hashable, Sendable {
    case written
    /// It was there already.
    case present
    /// It is tagpin's, and somebody has changed it, or another version wrote it: left as it is.
    case changed
    /// Somebody else's hook: left as it is.
    case foreign
  }

  /// Writes the hook unless there is one; makes the directory where it is missing, but not the one it is in.
  package func install() throws(SystemError) -> Outcome {
    do { try SystemError.check { mkdir(directory, 0o777) } } catch  where error.code == EEXIST {}
    if let outcome = try existing() { return outcome }
    let file: FileDescriptor
    do throws(SystemError) {
      // Never over anything, nor through a link: whoever was faster wins.
      file = try SystemError.of {
        try FileDescriptor.open(
          path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec, .noFollow], permissions: FilePermissions(rawValue: 0o644))
      }
    } catch {
      if error.code == EEXIST, let outcome = try existing() { return outcome }
      throw error
    }
    defer { try? file.close() }
    do throws(SystemError) {
      _ = try SystemError.of { try file.writeAll(Self.script.utf8) }
      try SystemError.check { fchmod(file.rawValue, 0o755) }
    } catch {
      unlink(path)
      throw error
    }
    return .written
  }

  /// What is there; nil if nothing is. A hook of our own that git would not run is made executable.
  private func existing() throws(SystemError) -> Outcome? {
    let status: Stat
    do throws(SystemError) { status = try Stat.of(FilePath(path)) } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
    guard status.type == .regular, let bytes = try? FileReader.read(path, followsSymbolicLinks: false, maximumByteCount: 1 << 20) else {
      return .foreign
    }
    let marker = Array(Self.marker.utf8)
    guard bytes.split(separator: 0x0A).contains(where: { $0.elementsEqual(marker) }) else { return .foreign }
    if !status.permissions.contains(.ownerExecute) {
      try SystemError.check { chmod(path, status.permissions.union([.ownerExecute, .groupExecute, .otherExecute]).rawValue) }
    }
    return bytes == Array(Self.script.utf8) ? .present : .changed
  }
}
