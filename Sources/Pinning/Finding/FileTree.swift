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

  /// The file that a symbolic link leads to in the end, or the file itself; nil where it is not among the files of the run.
  func target(of link: Int) -> Int? {
    var file = link
    for _ in 0..<40 {
      guard let target = files[file].linkTarget else { return file }
      guard let next = FileNames.path(target).paths(from: files[file].path).first.flatMap({ indices[PathKey($0)] }) else { return nil }
      file = next
    }
    return nil
  }

  /// The indices of the files that have these names in that file.
  func indices(of names: FileNames, from file: Int) -> [Int] {
    let path = files[file].path
    for glob in names.globs(from: path) {
      let found = files.indices.filter { $0 != file && glob.matches(files[$0].path) }
      if !found.isEmpty { return found.compactMap(target) }
    }
    return names.paths(from: path).lazy.compactMap { indices[PathKey($0)].flatMap(target) }.first.map { [$0] } ?? []
  }
}
