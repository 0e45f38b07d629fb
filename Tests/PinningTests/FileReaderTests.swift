import Foundation
import Pinning
import Testing

@Suite struct FileReaderTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test(arguments: [0, 1, 4096, 1 << 20])
  func `All bytes are read, whatever they are`(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try Data(bytes).write(to: URL(fileURLWithPath: directory.path("a")))
    #expect(try FileReader.read(directory.path("a")) == bytes)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status")))
  func `A file without a size is read to its end`() throws {
    #expect(try FileReader.read("/proc/self/status").starts(with: "Name:".utf8))
  }

  @Test func `What is not a regular file is refused without waiting`() throws {
    mkfifo(directory.path("pipe"), 0o600)
    for path in [directory.path("pipe"), directory.path, "/dev/null"] {
      #expect(throws: ReadError.notRegularFile(path: path)) { try FileReader.read(path) }
    }
    let missing = directory.path("missing")
    #expect(throws: ReadError.system(path: missing, SystemError(code: ENOENT))) { try FileReader.read(missing) }
  }

  @Test func `A symbolic link is followed unless told otherwise`() throws {
    try directory.write("x", to: "a")
    let link = directory.path("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "a")
    #expect(try FileReader.read(link) == Array("x".utf8))
    #expect(throws: ReadError.symbolicLink(path: link)) { try FileReader.read(link, followsSymbolicLinks: false) }
    #expect(try FileReader.read(directory.path("a"), followsSymbolicLinks: false) == Array("x".utf8))
    let dangling = directory.path("dangling")
    try FileManager.default.createSymbolicLink(atPath: dangling, withDestinationPath: "nothing")
    let error = #expect(throws: ReadError.self) { try FileReader.read(dangling) }
    #expect(error == .danglingLink(path: dangling))
    #expect(error?.isMissing == false)
  }

  @Test func `More than the limit is an error that says how much`() throws {
    try directory.write("12345", to: "a")
    let path = directory.path("a")
    #expect(try FileReader.read(path, maximumByteCount: 5).count == 5)
    let error = #expect(throws: ReadError.self) { try FileReader.read(path, maximumByteCount: 4) }
    #expect(error == .tooLarge(path: path, byteCount: 5, maximumByteCount: 4))
    #expect(error?.description == "cannot read '\(path)': it has 5 bytes, more than the 4 that are read: exclude it")
  }
}
