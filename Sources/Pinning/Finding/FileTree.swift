import Dialects

/// All files of a run, as they name each other.
struct FileTree {
  private let files: [SourceFile]
  /// By their paths.
  private let indices: [String: Int]

  /// O(files).
  init(_ files: [SourceFile]) {
    self.files = files
    indices = Dictionary(files.indices.map { (files[$0].path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The indices of the files that have these names in that file.
  func indices(of names: FileNames, from file: Int) -> [Int] {
    let path = files[file].path
    if let glob = names.glob(from: path) { return files.indices.filter { $0 != file && glob.matches(files[$0].path) } }
    return names.paths(from: path).lazy.compactMap { indices[$0] }.first.map { [$0] } ?? []
  }
}
