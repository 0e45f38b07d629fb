import Corpus
import Foundation

/// A git repository made of generated files, all of them tracked.
struct Repository {
  let path: String
  let list: String
  let fileCount: Int
  let byteCount: Int

  init(_ files: [Corpus.File], at path: String) throws {
    self.path = path
    list = path + ".list"
    fileCount = files.count
    byteCount = files.reduce(0) { $0 + $1.text.utf8.count }
    for file in files {
      let url = URL(fileURLWithPath: path + "/" + file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: url)
    }
    try Data(files.map { path + "/" + $0.path + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: list))
    try printed(["git", "init", "--quiet", "."], in: path)
    try printed(["git", "add", "--all"], in: path)
  }

  var description: String { "\(fileCount) files, \(Table.megabytes(Double(byteCount)))" }
}
