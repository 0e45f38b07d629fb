import Foundation
import Testing

@testable import Pinning

@Suite struct SourceTreeTests {
  /// Somebody swaps the directory for a link at that step; the file outside has the same bytes.
  @Test(arguments: 0..<5) func `a directory that a link takes the place of while the files are written leads nowhere`(step: Int) throws {
    let outside = try TemporaryDirectory()
    let inside = try TemporaryDirectory()
    for (directory, path) in [(outside, "x/f"), (inside, "d/f")] {
      try FileManager.default.createDirectory(
        atPath: directory.path(String(path.dropLast(2))), withIntermediateDirectories: true)
      try "old".write(toFile: directory.path(path), atomically: false, encoding: .utf8)
    }
    let change = FileChange(path: inside.path("d/f"), originalBytes: Array("old".utf8), newBytes: Array("new".utf8))
    let path = change.path
    let moments: [FileWriter.Step] = [
      .createTemporary(path: path), .fill(path: path), .sync(path: path), .compare(path: path), .replace(path: path),
    ]
    let outcome = FileWriter(in: SourceTree(root: inside.path)) { now throws(SystemError) in
      guard now == moments[step] else { return }
      rename(inside.path("d"), inside.path("away"))
      symlink(outside.path("x"), inside.path("d"))
    }.write([change])
    #expect(outcome.written == [])
    #expect(outcome.failures.count == 1)
    #expect(try String(contentsOfFile: outside.path("x/f"), encoding: .utf8) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path("x")) == ["f"])
  }
}
