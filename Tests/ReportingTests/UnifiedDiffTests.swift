import Foundation
import Pinning
import Reporting
import SourceText
import Testing

@Suite struct UnifiedDiffTests {
  static let cases: [(name: String, old: String, new: String)] = [
    ("one line", "a\nb\nc\n", "a\nB\nc\n"),
    ("first and last line", "a\nb\nc\n", "A\nb\nC\n"),
    ("far apart", (1...30).map { "\($0)\n" }.joined(), (1...30).map { $0 == 5 || $0 == 25 ? "x\n" : "\($0)\n" }.joined()),
    ("contexts that touch", (1...30).map { "\($0)\n" }.joined(), (1...30).map { $0 == 5 || $0 == 12 ? "x\n" : "\($0)\n" }.joined()),
    ("contexts that do not", (1...30).map { "\($0)\n" }.joined(), (1...30).map { $0 == 5 || $0 == 13 ? "x\n" : "\($0)\n" }.joined()),
    ("a line inserted", "FROM nginx:1.25\n", "# tag=1.25\nFROM nginx@sha256:0\n"),
    ("a line removed", "# tag=1.25\nFROM nginx@sha256:0\n", "FROM nginx:1.25\n"),
    ("a line inserted at the end", "a\nb\n", "a\nb\nc\n"),
    ("no final newline, changed", "a\nb", "a\nB"),
    ("no final newline, in the context", "a\nb", "A\nb"),
    ("final newline added", "a\nb", "a\nb\n"),
    ("final newline removed", "a\nb\n", "a\nb"),
    ("one line without newline", "a", "b"),
    ("from nothing", "", "a\nb\n"),
    ("to nothing", "a\nb\n", ""),
    ("from nothing, no newline", "", "a"),
    ("CRLF", "a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n"),
    ("CRLF without final newline", "a\r\nb\r\nc\r", "a\r\nB\r\nc\r"),
    ("CR inside a line", "a\rb\nc\rd\n", "a\rb\nc\rD\n"),
    ("BOM", "\u{FEFF}a: 1\nb\n", "\u{FEFF}a: 2\nb\n"),
    (
      "lines that look like a patch", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline\n",
      "--- a/x\n+++ b/y\n@@ -1 +1 @@\n-b\n\\ No newline\n"
    ),
    ("trailing white space and empty lines", "a  \n\n\t\nb\n", "a \n\n\t\nb\t\n"),
    ("non-ASCII", "grüße\n名前\n", "grüße\n名\n"),
  ]

  @Test(arguments: cases.indices)
  func `git makes the same patch, and takes this one`(index: Int) throws {
    let (name, old, new) = Self.cases[index]
    let repository = try GitDirectory()
    defer { repository.remove() }
    let patch = UnifiedDiff.render(path: "f.yaml", .init(old, new))
    #expect(try repository.apply(patch, to: "f.yaml", Array(old.utf8)) == Array(new.utf8), "\(name)")
    let own = try repository.diff("f.yaml", from: Array(old.utf8), to: Array(new.utf8))
    #expect(String(decoding: patch, as: UTF8.self) == own, "\(name)")
  }

  @Test(arguments: [
    "plain.yaml", "with space.yaml", "deep er/a b/c.yaml", "quo\"te.yaml", "back\\slash.yaml", "tab\there.yaml", "gr\u{FC}n/名.yaml",
    "dollar$`x`.yaml",
    "new\nline.yaml", "bell\u{07}.yaml", "del\u{7F}.yaml", "a b/ü \" \\.yaml", "-dash", "b/b", "a/a b/a",
  ])
  func `paths are written as git writes them`(path: String) throws {
    let repository = try GitDirectory()
    defer { repository.remove() }
    let patch = UnifiedDiff.render(path: path, .init("a\nb\n", "a\nc\n"))
    #expect(try repository.apply(patch, to: path, Array("a\nb\n".utf8)) == Array("a\nc\n".utf8))
    #expect(try repository.diff(path, from: Array("a\nb\n".utf8), to: Array("a\nc\n".utf8)) == String(decoding: patch, as: UTF8.self))
  }

  @Test func `git takes patches of random bytes`() async throws {
    let repository = try GitDirectory()
    defer { repository.remove() }
    var random = SplitMix(seed: 11)
    // Mostly line ends and few letters, so that lines repeat; bytes that are not UTF-8 on their own.
    let bytes: [UInt8] = [0x0A, 0x0A, 0x0A, 0x0D, 0x61, 0x62, 0x20, 0x09, 0x2D, 0x2B, 0x5C, 0x40, 0xFF, 0xC3, 0xA9, 0xEF, 0xBB, 0xBF, 0x1B]
    for _ in 0..<150 {
      await Task.yield()
      let old = (0..<Int(random.next() % 120)).map { _ in bytes[Int(random.next() % UInt64(bytes.count))] }
      var new = old
      for _ in 0..<(1 + random.next() % 5) {
        let at = Int(random.next() % UInt64(new.count + 1))
        let end = min(new.count, at + Int(random.next() % 6))
        new.replaceSubrange(at..<end, with: (0..<Int(random.next() % 8)).map { _ in bytes[Int(random.next() % UInt64(bytes.count))] })
      }
      let patch = UnifiedDiff.render(path: "r", .init(old, new))
      #expect(patch.isEmpty == (old == new))
      guard !patch.isEmpty else { continue }
      #expect(try repository.apply(patch, to: "r", old) == new)
    }
  }

  @Test func `several files are one patch, and files without changes are not in it`() throws {
    func file(_ path: String, _ old: String, _ new: String) -> FileReport {
      FileReport(path: path, change: .init(old, new))
    }
    let report = Report(
      command: .pin, isDryRun: true,
      files: [file("b", "1\n", "2\n"), file("same", "1\n", "1\n"), file("a", "x", "y"), FileReport(path: "c")])
    #expect(
      String(decoding: UnifiedDiff.render(report), as: UTF8.self) == """
        diff --git a/a b/a
        --- a/a
        +++ b/a
        @@ -1 +1 @@
        -x
        \\ No newline at end of file
        +y
        \\ No newline at end of file
        diff --git a/b b/b
        --- a/b
        +++ b/b
        @@ -1 +1 @@
        -1
        +2

        """)
  }

  @Test func `colour is for terminals: control characters are escaped there`() {
    let patch = UnifiedDiff.render(path: "a", .init("k\u{1B}[2J\r\nx\ta\r\n", "k\u{1B}[2J\r\nx\tb\r\n"), colour: true)
    #expect(
      String(decoding: patch, as: UTF8.self) == """
        \u{1B}[1mdiff --git a/a b/a\u{1B}[0m
        \u{1B}[1m--- a/a\u{1B}[0m
        \u{1B}[1m+++ b/a\u{1B}[0m
        \u{1B}[36m@@ -1,2 +1,2 @@\u{1B}[0m
         k\\x1b[2J\r
        \u{1B}[31m-x\ta\u{1B}[0m\r
        \u{1B}[32m+x\tb\u{1B}[0m\r

        """)
  }
}

/// An empty git repository in a temporary directory, and the git program with nobody's configuration.
struct GitDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("tagpin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try git(["init", "--quiet"])
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  func apply(_ patch: [UInt8], to path: String, _ bytes: [UInt8]) throws -> [UInt8] {
    try write(bytes, to: path)
    try Data(patch).write(to: url.appendingPathComponent(".git/patch"))
    try git(["apply", "--whitespace=nowarn", ".git/patch"])
    return Array((try? Data(contentsOf: url.appendingPathComponent(path))) ?? Data())
  }

  /// What git itself makes of it, but for the line with the object names.
  func diff(_ path: String, from old: [UInt8], to new: [UInt8]) throws -> String {
    try write(old, to: path)
    try git(["add", "--", path])
    try write(new, to: path)
    let lines = try git(["diff", "--no-ext-diff", "--", path]).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.filter { !$0.starts(with: "index ".utf8) }.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  @discardableResult
  private func git(_ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-c", "core.autocrlf=false"] + arguments
    process.currentDirectoryURL = url
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": url.path, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw GitFailure(arguments: arguments, status: process.terminationStatus) }
    return data
  }

  struct GitFailure: Error {
    var arguments: [String]
    var status: Int32
  }
}
