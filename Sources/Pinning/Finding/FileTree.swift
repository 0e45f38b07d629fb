import Dialects

/// All files of a run, as they name each other.
struct FileTree {
  private let files: [SourceFile]
  /// By their paths.
  private let indices: [PathKey: Int]

  /// O(files).
  init(_ files: [SourceFile]) {
    self.files = files
    indices = Dictionary(files.indices.map { (PathKey(files[$0].path), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The indices of the files that have these names in that file.
  func indices(of names: FileNames, from file: Int) -> [Int] {
    guard let index = names.paths(from: files[file].path).lazy.compactMap({ indices[PathKey($0)] }).first else { return [] }
    return [index]
  }
}
