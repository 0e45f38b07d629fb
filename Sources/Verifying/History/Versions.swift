import Git
import Pinning

/// The references of a repository in several of its versions. Each blob is read once.
package struct Versions {
  private let repository: GitRepository
  private let reader: PinReader
  /// Of the work tree, by the path from the root.
  private let readFile: (String) throws(ReadError) -> [UInt8]
  private var known: [ChangedFile.Version: [PinnedReference]] = [:]

  package init(_ repository: GitRepository, _ reader: PinReader, readFile: @escaping (String) throws(ReadError) -> [UInt8]) {
    self.repository = repository
    self.reader = reader
    self.readFile = readFile
  }

  /// What differs between two commits; `new` nil is the work tree.
  package mutating func changes(from old: String?, to new: String?, findsRenames: Bool = true) throws(VersionError) -> [ReferenceChange] {
    var changes: [ReferenceChange] = []
    let files: [ChangedFile]
    do throws(GitError) { files = try repository.changedFiles(from: old, to: new, findsRenames: findsRenames) } catch { throw .git(error) }
    for file in files {
      changes += ReferenceChange.changes(from: try pins(file.old), at: file.old?.path, to: try pins(file.new), at: file.new?.path)
    }
    return changes.sorted { left, right in
      (PathKey(left.path), left.line) < (PathKey(right.path), right.line)
    }
  }

  private mutating func pins(_ version: ChangedFile.Version?) throws(VersionError) -> [PinnedReference] {
    guard let version else { return [] }
    if let pins = known[version] { return pins }
    let pins = try reader.pins(at: version.path) { () throws(VersionError) in
      if let blob = version.blob {
        do throws(GitError) { return try repository.blob(blob) } catch { throw .git(error) }
      }
      do throws(ReadError) { return try readFile(version.path) } catch { throw .file(error) }
    }
    known[version] = pins
    return pins
  }
}

/// Why a version of a repository cannot be read.
package enum VersionError: Error, Hashable, Sendable, CustomStringConvertible {
  case git(GitError)
  case file(ReadError)

  package var description: String {
    switch self {
    case .git(let error): error.description
    case .file(let error): error.description
    }
  }
}
