import Dialects
import Documents
import Rules
import SourceText

// Files that say more about another one.
extension Scan {
  /// The files that say more about another one, and what is to be said of those that cannot be read.
  struct Companions {
    var files: [DialectOptions.Companion] = []
    /// Why nobody can tell what is to be pinned in the file.
    var failure: String?
    var warnings: [Warning] = []
  }

  func companions(of file: SourceFile, _ dialect: Dialect) -> Companions {
    var companions = Companions()
    for link in dialect.links {
      guard let companion = link.companion, companion.concerns(file.path), !companion.isIgnored(options) else { continue }
      for other in files(link.files, of: file) {
        do throws(UnreadCompanion) {
          guard let bytes = try bytes(of: other, as: companion.syntax) else { continue }
          let folder = link.files.folder(around: file.path) ?? other.directory
          companions.files.append(DialectOptions.Companion(name: String(other.path.dropFirst(folder.count)), bytes: bytes))
        } catch {
          if companion.isRequired {
            companions.failure = "cannot tell what is to be pinned in it: \(error.problem)"
          } else {
            companions.warnings.append(
              Warning(.unknownVariables, "cannot tell what fills in the variables of '\(file.path)': \(error.problem)"))
          }
        }
      }
    }
    return companions
  }

  private static let mostSurroundings = 500

  private struct UnreadCompanion: Error {
    var problem: String
  }

  /// nil where there is no such file. Throws, too, where it is not of its syntax: who looks for what it lists would find nothing.
  private func bytes(of companion: SourceFile, as syntax: Syntax?) throws(UnreadCompanion) -> [UInt8]? {
    let bytes: [UInt8]
    do throws(ReadError) { bytes = try read(companion).get() } catch {
      if error.isMissing { return nil }
      throw UnreadCompanion(problem: error.description)
    }
    let text = SourceText(bytes)
    do throws(DocumentError) { try syntax?.check(text) } catch {
      throw UnreadCompanion(problem: "cannot read '\(companion.path):\(text.position(at: error.byteOffset))': \(error.problem)")
    }
    return bytes
  }

  /// One by its path need not be among the files of the run.
  private func files(_ names: FileNames, of file: SourceFile) -> [SourceFile] {
    switch names {
    case .path(let name, _):
      return [SourceFile(path: file.directory + name, absolutePath: SourceFile.directory(of: file.absolutePath) + name, role: .context)]
    case .pattern: return []
    case .beside(let globs):
      return (neighbours[PathKey(file.directory)] ?? []).filter { other in
        !other.path.utf8.elementsEqual(file.path.utf8) && globs.contains { $0.matches(other.path) }
      }
    case .around(_, let globs):
      guard let folder = names.folder(around: file.path) else { return [] }
      let others = (surroundings[PathKey(folder)] ?? []).filter { other in
        !other.path.utf8.elementsEqual(file.path.utf8) && globs.contains { $0.matches(String(other.path.dropFirst(folder.count))) }
      }
      // Each of many files would be read with all of the others.
      return others.count > Self.mostSurroundings ? [] : others
    }
  }
}

extension SourceFile {
  /// The path up to the file's name: `deploy/`, or nothing.
  var directory: String { Self.directory(of: path) }

  fileprivate static func directory(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
  }
}
