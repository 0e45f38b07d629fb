import Foundation
import Testing

@testable import Pinning

@Suite struct SourceTreeTests {
  /// Paths from the root of the tree, which has the link `link` in it; nil where the way is free.
  @Test(
    arguments: [
      ("d/f", "d/f", nil), ("f", "d/f", nil), ("d/f", "", .leadsOut), ("d/f", "/elsewhere/f", .leadsOut), ("d/f", "x.git/f", nil),
      ("d/f", ".git/f", .leadsOut), ("d/f", "d/.git/f", .leadsOut), ("link/f", "d/f", .beyondLink("link")),
      ("d/link/e/f", "f", .beyondLink("d/link")), ("link", "d/f", nil), ("caf\u{E9}/f", "cafe\u{301}/f", .beyondLink("caf\u{E9}")),
    ] as [(String, String, SourceTree.Escape?)])
  func `what a path leads to has to be in the tree, and nothing is below a link`(_ path: String, _ real: String, escape: SourceTree.Escape?)
    throws
  {
    let directory = try TemporaryDirectory()
    try directory.write("", to: "d/f")
    for link in ["link", "d/link", "caf\u{E9}"] { symlink(directory.path, directory.path(link)) }
    let tree = try #require(SourceTree(root: directory.path))
    let target = real.isEmpty ? directory.path : real.hasPrefix("/") ? real : directory.path(real)
    do throws(SourceTree.Escape) {
      try tree.check(directory.path(path), leadingTo: target)
      #expect(escape == nil)
    } catch { #expect(error == escape) }
  }

  @Test(arguments: ["/", "//"]) func `the root of the file system is no tree that anything could lead out of`(_ root: String) {
    #expect(SourceTree(root: root) == nil)
  }

  @Test func `a directory beside the tree is not in it, though its name begins with that of the tree`() throws {
    let tree = try #require(SourceTree(root: "/tree/"))
    #expect(throws: SourceTree.Escape.leadsOut) { try tree.check("/tree/f", leadingTo: "/tree-2/f") }
  }

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
