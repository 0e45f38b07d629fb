import Dialects
import Documents
import SourceText

// Files that say more about another one.
extension Scan {
  /// The files that say more about another one, and what is to be said of those that cannot be read.
  struct Companions {
    var files: [DialectOptions.Companion] = []
    /// Why nobody can tell what is to be pinned in the file.
    var failure: String?
    var warnings: [String] = []
  }

  func companions(of file: SourceFile, _ dialect: Dialect) -> Companions {
    var companions = Companions()
    for other in companionFiles(of: file, dialect) {
      do throws(UnreadCompanion) {
        guard let bytes = try bytes(of: other) else { continue }
        companions.files.append(DialectOptions.Companion(name: String(other.path.dropFirst(other.directory.count)), bytes: bytes))
      } catch {
        if other.path == other.directory + ".env" {
          // It only says who fills in what is left alone either way.
          companions.warnings.append("cannot tell what fills in the variables of '\(file.path)': \(error.problem)")
        } else {
          companions.failure = "cannot tell what is to be pinned in it: \(error.problem)"
        }
      }
    }
    return companions
  }

  private struct UnreadCompanion: Error {
    var problem: String
  }

  /// nil where there is no such file. Throws, too, where a lock file is not of its syntax: who looks for what it lists would find nothing.
  private func bytes(of companion: SourceFile) throws(UnreadCompanion) -> [UInt8]? {
    let bytes: [UInt8]
    do throws(ReadError) { bytes = try read(companion).get() } catch {
      if error.isMissing { return nil }
      throw UnreadCompanion(problem: error.description)
    }
    let text = SourceText(bytes)
    do throws(DocumentError) {
      // An empty one is what the tools of development containers take for the wish to have one written.
      if companion.path.hasSuffix(".json"), !bytes.allSatisfy({ $0 <= 0x20 }) { _ = try JSONReader.read(text) }
      if companion.path.hasSuffix("/actions.lock") { _ = try YAMLReader.read(text) }
    } catch {
      throw UnreadCompanion(problem: "cannot read '\(companion.path):\(text.position(at: error.byteOffset))': \(error.problem)")
    }
    return bytes
  }

  private func companionFiles(of file: SourceFile, _ dialect: Dialect) -> [SourceFile] {
    switch dialect.companions {
    case nil: return []
    case .file(let companion):
      guard let path = companion(file.path), let absolutePath = companion(file.absolutePath) else { return [] }
      if options.ignoresActionsLock, path.hasSuffix("/actions.lock") { return [] }
      return [SourceFile(path: path, absolutePath: absolutePath, role: .context)]
    case .beside(let globs):
      return (neighbours[file.directory] ?? []).filter { other in other.path != file.path && globs.contains { $0.matches(other.path) } }
    }
  }
}

extension SourceFile {
  /// The path up to the file's name: `deploy/`, or nothing.
  var directory: String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
  }
}
