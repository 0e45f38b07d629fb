import Foundation
import Pinning
import Testing

@Suite struct DirectoryWalkerTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test func `Files come sorted by the bytes of their paths; links are not followed`() throws {
    for name in ["b/z", "a-b", "a/2", "a/b/1", "a0", "Z", "é", ".github/workflows/ci.yaml"] { try directory.write("", to: name) }
    try FileManager.default.createSymbolicLink(atPath: directory.path("link"), withDestinationPath: "a")
    try FileManager.default.createSymbolicLink(atPath: directory.path("a/loop"), withDestinationPath: "..")
    mkfifo(directory.path("pipe"), 0o600)
    let listing = try DirectoryWalker().files(below: directory.path)
    #expect(listing.files == [".github/workflows/ci.yaml", "Z", "a-b", "a/2", "a/b/1", "a0", "b/z", "é"])
    #expect(listing.symbolicLinks == ["a/loop", "link"])
    #expect(listing.skippedDirectories == [] && listing.unreadableDirectories == [] && listing.unusablePaths == [])
  }

  @Test func `Directories of version control and node_modules are not entered, and named; others of that kind are`() throws {
    for name in [".git/config", "a/.git/x", ".hg/x", ".svn/x", "web/node_modules/p/ci.yaml", "vendor/v.yaml", ".build/b", ".gitlab/ci.yml"]
    {
      try directory.write("", to: name)
    }
    try directory.write("gitdir: elsewhere", to: "submodule/.git")
    let listing = try DirectoryWalker().files(below: directory.path)
    #expect(listing.files == [".build/b", ".gitlab/ci.yml", "submodule/.git", "vendor/v.yaml"])
    #expect(listing.skippedDirectories == [".git", ".hg", ".svn", "a/.git", "web/node_modules"])
  }

  @Test func `The directory itself may be a link, or have one of those names`() throws {
    try directory.write("", to: "node_modules/p/a")
    try FileManager.default.createSymbolicLink(atPath: directory.path("link"), withDestinationPath: "node_modules")
    #expect(try DirectoryWalker().files(below: directory.path("node_modules")).files == ["p/a"])
    #expect(try DirectoryWalker().files(below: directory.path("link") + "/").files == ["p/a"])
  }

  @Test(arguments: [("none", ENOENT), ("file", ENOTDIR)])
  func `A directory that is missing, or a file, is an error`(name: String, code: Int32) throws {
    try directory.write("", to: "file")
    let path = directory.path(name)
    #expect(throws: ReadError.system(path: path, SystemError(code: code))) { try DirectoryWalker().files(below: path) }
  }

  @Test func `A name that is not UTF-8 is handed over as bytes`() throws {
    try directory.write("", to: "d/a")
    let name = Array(directory.path("d/").utf8) + [0x63, 0xe9, 0]
    let descriptor = name.withUnsafeBufferPointer {
      $0.withMemoryRebound(to: CChar.self) { open($0.baseAddress!, O_CREAT | O_WRONLY, 0o600) }
    }
    try #require(descriptor >= 0, "this file system takes UTF-8 only")
    close(descriptor)
    let listing = try DirectoryWalker().files(below: directory.path)
    #expect(listing.files == ["d/a"])
    #expect(listing.unusablePaths == [Array("d/c".utf8) + [0xe9]])
  }

  @Test(.enabled(if: geteuid() != 0, "root may read anything"))
  func `A directory that cannot be read is named and does not stop the walk`() throws {
    try directory.write("", to: "closed/a")
    try directory.write("", to: "open/a")
    chmod(directory.path("closed"), 0)
    defer { chmod(directory.path("closed"), 0o755) }
    let listing = try DirectoryWalker().files(below: directory.path)
    #expect(listing.files == ["open/a"])
    #expect(listing.unreadableDirectories.map(\.path) == ["closed"])
  }
}
