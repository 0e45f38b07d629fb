import Foundation
import Pinning
import Synchronization
import SystemPackage
import Testing

@Suite struct FileWriterTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  /// A file with `old <name>` and the change to `new <name>`.
  private func change(_ name: String, permissions: Int = 0o644) throws -> FileChange {
    try directory.write("old \(name)", to: name, permissions: permissions)
    return planned(name)
  }

  private func planned(_ name: String) -> FileChange {
    FileChange(path: directory.path(name), originalBytes: Array("old \(name)".utf8), newBytes: Array("new \(name)".utf8))
  }

  private func attributes(_ name: String) throws -> stat {
    var status = stat()
    try #require(lstat(directory.path(name), &status) == 0)
    return status
  }

  @Test func `Every file gets its new bytes, in several directories, and nothing else is left`() throws {
    let names = ["a", "b/c", "b/d", "e/f/g", "caf\u{E9}", "cafe\u{301}"]
    let changes = try names.map { try change($0) }
    let before = try directory.names()
    let outcome = FileWriter().write(changes)
    #expect(outcome.written == changes.map(\.path))
    #expect(outcome.failures == [] && outcome.restored == [] && outcome.notes == [])
    for name in names { #expect(try directory.read(name) == "new \(name)") }
    #expect(try directory.names() == before)
  }

  // That the limit of open files is raised for them is tested with the program itself: the limit belongs to the whole process.
  @Test func `Many files at once`() throws {
    let changes = try (0..<900).map { try change("file-\($0)") }
    let outcome = FileWriter().write(changes)
    #expect(outcome.failures == [])
    #expect(outcome.written.count == changes.count)
  }

  @Test(arguments: [("", "x"), ("x", ""), ("x", String(repeating: "y", count: 3 << 20))])
  func `An empty file, a file that becomes empty, a large one`(old: String, new: String) throws {
    try directory.write(old, to: "a")
    let outcome = FileWriter().write([FileChange(path: directory.path("a"), originalBytes: Array(old.utf8), newBytes: Array(new.utf8))])
    #expect(outcome.failures == [])
    #expect(try directory.read("a") == new)
  }

  @Test func `A change that changes nothing does not touch the file`() throws {
    try directory.write("same", to: "a")
    let before = try attributes("a")
    let outcome = FileWriter().write([FileChange(path: directory.path("a"), originalBytes: [1], newBytes: [1])])
    #expect(outcome == WriteOutcome())
    #expect(try attributes("a").st_ino == before.st_ino)
  }

  @Test(arguments: [0o644, 0o600, 0o755, 0o666, 0o4755, 0o2711])
  func `Permissions stay, whatever the umask`(mode: Int) throws {
    let outcome = FileWriter().write([try change("a", permissions: mode)])
    #expect(outcome.failures == [])
    #expect(try attributes("a").st_mode & 0o7777 == mode_t(mode))
  }

  @Test(.enabled(if: geteuid() == 0, "needs root"))
  func `Owner and group stay where we may give files away`() throws {
    let planned = try change("a", permissions: 0o4755)
    #expect(chown(directory.path("a"), 12345, 23456) == 0)
    #expect(chmod(directory.path("a"), 0o4755) == 0)
    let outcome = FileWriter().write([planned])
    #expect(outcome.notes == [])
    let status = try attributes("a")
    #expect(status.st_uid == 12345 && status.st_gid == 23456 && status.st_mode & 0o7777 == 0o4755)
  }

  @Test func `A symbolic link stays one, and its target is written where it is`() throws {
    _ = try change("real/a")
    try FileManager.default.createSymbolicLink(atPath: directory.path("link"), withDestinationPath: "real/a")
    try FileManager.default.createSymbolicLink(atPath: directory.path("directory"), withDestinationPath: "real")
    let outcome = FileWriter().write([
      FileChange(path: directory.path("link"), originalBytes: Array("old real/a".utf8), newBytes: Array("new".utf8))
    ])
    #expect(outcome.written == [directory.path("link")])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: directory.path("link")) == "real/a")
    #expect(try directory.read("real/a") == "new")
    let second = FileWriter().write([
      FileChange(path: directory.path("directory/a"), originalBytes: Array("new".utf8), newBytes: Array("newer".utf8))
    ])
    #expect(second.failures == [])
    #expect(try directory.read("real/a") == "newer")
  }

  @Test func `One file by two paths is written once; two different changes of it are a failure`() throws {
    let first = try change("a")
    try FileManager.default.createSymbolicLink(atPath: directory.path("link"), withDestinationPath: "a")
    var second = first
    second.path = directory.path("link")
    #expect(FileWriter().write([first, second]).written == [first.path, second.path])
    #expect(try directory.read("a") == "new a")

    let again = try change("a")
    second.newBytes = [0]
    let outcome = FileWriter().write([again, second])
    #expect(outcome.failures == [.conflictingChanges(path: second.path, other: again.path)])
    #expect(try directory.read("a") == "old a")
  }

  @Test func `A hard link is broken, and that is told`() throws {
    let planned = try change("a")
    try FileManager.default.linkItem(atPath: directory.path("a"), toPath: directory.path("b"))
    let outcome = FileWriter().write([planned])
    #expect(outcome.failures == [])
    #expect(outcome.notes == [.brokenHardLink(path: planned.path)])
    #expect(try directory.read("a") == "new a")
    #expect(try directory.read("b") == "old a")
  }

  @Test func `Two hard links to one file, both changed, are both written`() throws {
    let first = try change("a")
    try FileManager.default.linkItem(atPath: directory.path("a"), toPath: directory.path("b"))
    var second = first
    second.path = directory.path("b")
    #expect(FileWriter().write([first, second]).failures == [])
    #expect(try directory.read("a") == "new a")
    #expect(try directory.read("b") == "new a")
  }

  @Test(arguments: ["grown old b", "", "old B"])
  func `A file that is not what was read is not written, nor is any other`(current: String) throws {
    let changes = try ["a", "b", "c"].map { try change($0) }
    try directory.write(current, to: "b")
    let outcome = FileWriter().write(changes)
    #expect(outcome.failures == [.changedOnDisk(path: directory.path("b"))])
    #expect(outcome.written == [])
    #expect(try directory.read("a") == "old a" && directory.read("b") == current && directory.read("c") == "old c")
    #expect(try directory.names() == ["a", "b", "c"])
    let kept = FileWriter().write(changes, keepGoing: true)
    #expect(kept.failures == outcome.failures)
    #expect(kept.written == [directory.path("a"), directory.path("c")])
    #expect(try directory.read("a") == "new a" && directory.read("b") == current && directory.read("c") == "new c")
    #expect(try directory.names() == ["a", "b", "c"])
  }

  @Test(arguments: 0..<4)
  func `A file written, replaced or removed after it was compared is not overwritten, and the others are put back`(kind: Int) throws {
    let changes = try ["a", "b", "c"].map { try change($0) }
    let directory = directory
    let writer = FileWriter { step throws(SystemError) in
      guard step == .replace(path: directory.path("b")) else { return }
      do {
        switch kind {
        case 0: try directory.write("theirs!", to: "b")
        case 1:
          try directory.write("old b", to: "other")
          rename(directory.path("other"), directory.path("b"))
        case 2: unlink(directory.path("b"))
        default: chmod(directory.path("b"), 0o600)
        }
      } catch {
        throw SystemError(code: EIO)
      }
    }
    let outcome = writer.write(changes)
    #expect(outcome.failures.map(\.path) == [directory.path("b")])
    #expect(outcome.restored == [directory.path("a")])
    #expect(outcome.written == [])
    #expect(try directory.read("a") == "old a" && directory.read("c") == "old c")
    switch kind {
    case 0: #expect(try directory.read("b") == "theirs!")
    case 2: #expect(try directory.names() == ["a", "c"])
    default: #expect(try directory.read("b") == "old b")
    }
  }

  @Test func `A directory, a missing file, a link to nothing and a named pipe fail before anything is written`() throws {
    let good = try change("good")
    try FileManager.default.createDirectory(atPath: directory.path("directory"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: directory.path("dangling"), withDestinationPath: "none")
    mkfifo(directory.path("pipe"), 0o644)
    let outcome = FileWriter().write([good] + ["directory", "missing", "dangling", "pipe"].map(planned))
    #expect(
      outcome.failures == [
        .notRegularFile(path: directory.path("directory")),
        .failed(.locate(path: directory.path("missing")), SystemError(code: ENOENT)),
        .failed(.locate(path: directory.path("dangling")), SystemError(code: ENOENT)),
        .notRegularFile(path: directory.path("pipe")),
      ])
    #expect(try directory.read("good") == "old good")
  }

  @Test(.enabled(if: geteuid() != 0, "root may write anything"))
  func `A read-only file and a read-only directory are refused`() throws {
    let file = try change("file", permissions: 0o444)
    #expect(FileWriter().write([file]).failures == [.readOnly(path: file.path)])
    let inside = try change("directory/a")
    chmod(directory.path("directory"), 0o555)
    defer { chmod(directory.path("directory"), 0o755) }
    #expect(FileWriter().write([inside]).failures == [.failed(.createTemporary(path: inside.path), SystemError(code: EACCES))])
    #expect(try directory.read("directory/a") == "old directory/a")
  }

  // MARK: Failure at each step

  private static let steps: [@Sendable (String) -> FileWriter.Step] = [
    { .locate(path: $0) }, { .createTemporary(path: $0) }, { .fill(path: $0) }, { .setPermissions(path: $0) }, { .sync(path: $0) },
    { .compare(path: $0) }, { .replace(path: $0) },
  ]

  @Test(arguments: 0..<7, ["a", "b/b", "c"])
  func `A failure at any step of any file leaves every file old and no temporary one`(step: Int, name: String) throws {
    let names = ["a", "b/b", "c"]
    let changes = try names.map { try change($0, permissions: 0o640) }
    let before = try directory.names()
    let failing = Self.steps[step](directory.path(name))
    let reached = Mutex(false)
    let writer = FileWriter { step throws(SystemError) in
      guard step == failing else { return }
      reached.withLock { $0 = true }
      throw SystemError(code: ENOSPC)
    }
    let outcome = writer.write(changes)
    #expect(reached.withLock { $0 })
    #expect(outcome.failures == [.failed(failing, SystemError(code: ENOSPC))])
    #expect(outcome.written == [])
    #expect(outcome.restored == (step == 6 ? Array(changes.map(\.path).prefix { $0 != directory.path(name) }) : []))
    for name in names {
      #expect(try directory.read(name) == "old \(name)")
      #expect(try attributes(name).st_mode & 0o7777 == 0o640)
    }
    #expect(try directory.names() == before)
    #expect(outcome.failures[0].description.contains(directory.path(name)))
  }

  @Test(arguments: 0..<7, ["a", "b/b", "c"])
  func `With --keep-going it leaves that file old and the others new`(step: Int, name: String) throws {
    let names = ["a", "b/b", "c"]
    let changes = try names.map { try change($0) }
    let before = try directory.names()
    let failing = Self.steps[step](directory.path(name))
    let writer = FileWriter { step throws(SystemError) in if step == failing { throw SystemError(code: EIO) } }
    let outcome = writer.write(changes, keepGoing: true)
    #expect(outcome.failures == [.failed(failing, SystemError(code: EIO))])
    #expect(outcome.written == names.filter { $0 != name }.map(directory.path(_:)))
    #expect(outcome.restored == [])
    for other in names { #expect(try directory.read(other) == (other == name ? "old" : "new") + " \(other)") }
    #expect(try directory.names() == before)
  }

  @Test func `What cannot be put back is listed as written and as a failure`() throws {
    let changes = try ["a", "b", "c"].map { try change($0) }
    let directory = directory
    let writer = FileWriter { step throws(SystemError) in
      if step == .replace(path: directory.path("c")) { throw SystemError(code: EBUSY) }
      if step == .restore(path: directory.path("a")) { throw SystemError(code: ENOSPC) }
    }
    let outcome = writer.write(changes)
    #expect(
      outcome.failures == [
        .failed(.replace(path: directory.path("c")), SystemError(code: EBUSY)),
        .notRestored(path: directory.path("a"), SystemError(code: ENOSPC)),
      ])
    #expect(outcome.written == [directory.path("a")])
    #expect(outcome.restored == [directory.path("b")])
    #expect(try directory.read("a") == "new a" && directory.read("b") == "old b" && directory.read("c") == "old c")
    #expect(try directory.names() == ["a", "b", "c"])
  }

  @Test func `A replaced file that somebody has written to in between is not put back over that`() throws {
    let changes = try ["a", "b"].map { try change($0) }
    let directory = directory
    let writer = FileWriter { step throws(SystemError) in
      guard step == .replace(path: directory.path("b")) else { return }
      try? directory.write("theirs", to: "a")
      throw SystemError(code: EIO)
    }
    let outcome = writer.write(changes)
    #expect(outcome.failures.last == .notRestoredChanged(path: directory.path("a")))
    #expect(try directory.read("a") == "theirs")
  }

  @Test func `A directory that cannot be synced is a failure, with the files written`() throws {
    let changes = try ["a", "d/b"].map { try change($0) }
    let directory = directory
    let writer = FileWriter { step throws(SystemError) in
      if step == .syncDirectory(path: directory.path("d")) { throw SystemError(code: EIO) }
    }
    let outcome = writer.write(changes)
    #expect(outcome.failures == [.failed(.syncDirectory(path: directory.path("d")), SystemError(code: EIO))])
    #expect(outcome.written == changes.map(\.path))
    #expect(try directory.read("a") == "new a" && directory.read("d/b") == "new d/b")
  }

  @Test func `Before the first rename every file is old, and a look at any moment shows whole files`() throws {
    let names = (0..<20).map { "f\($0)" }
    let changes = try names.map { try change($0) }
    let directory = directory
    let log = Mutex<[String]>([])
    let writer = FileWriter { step throws(SystemError) in
      let kind = String(describing: step).prefix { $0 != "(" }
      let contents = names.map { (try? directory.read($0)) ?? "missing" }
      let newCount = zip(names, contents).count { $1 == "new \($0)" }
      let oldCount = zip(names, contents).count { $1 == "old \($0)" }
      log.withLock { $0.append("\(kind)|\(newCount)|\(oldCount)") }
    }
    #expect(writer.write(changes).failures == [])
    let entries = log.withLock { $0 }.map { $0.split(separator: "|") }
    for entry in entries {
      #expect(Int(entry[1])! + Int(entry[2])! == 20)
      if !entry[0].hasPrefix("replace"), !entry[0].hasPrefix("bring the directory") { #expect(entry[1] == "0") }
    }
    #expect(entries.count == 20 * 7 + 1)
  }

  // MARK: Leftovers

  @Test func `Leftovers of a killed run go with the next one; what is only similar stays`() throws {
    let planned = try change("a")
    let similar = [
      ".a.tagpin-0123456789abcde", ".a.tagpin-0123456789abcdef0", ".a.tagpin-0123456789ABCDEF", ".a.tagpin-0123456789abcdeg",
      "a.tagpin-0123456789abcdef", ".tagpin-0123456789abcdef", ".a.tagpin0123456789abcdef", ".a.tagpin-0123456789abcdef.yaml", ".a.tagpin-",
    ]
    for name in similar { try directory.write("", to: name) }
    try directory.write("half", to: ".a.tagpin-0123456789abcdef")
    try directory.write("half", to: ".gone.yaml.tagpin-ffffffffffffffff", permissions: 0o600)
    try FileManager.default.createSymbolicLink(atPath: directory.path(".l.tagpin-0123456789abcdef"), withDestinationPath: "a")
    try FileManager.default.createDirectory(atPath: directory.path(".d.tagpin-0123456789abcdef"), withIntermediateDirectories: true)
    mkfifo(directory.path(".p.tagpin-0123456789abcdef"), 0o600)
    #expect(FileWriter().write([planned]).failures == [])
    #expect(
      try directory.names()
        == Set(similar + ["a", ".l.tagpin-0123456789abcdef", ".d.tagpin-0123456789abcdef", ".p.tagpin-0123456789abcdef"]))
  }

  @Test func `They are named, sorted, and only in the directories given`() throws {
    for name in [".b.tagpin-0123456789abcdef", ".a.tagpin-0123456789abcdef", "d/.c.tagpin-0123456789abcdef"] {
      try directory.write("", to: name)
    }
    let removed = FileWriter.removeLeftovers(inDirectories: [FilePath(directory.path), FilePath(directory.path("none"))])
    #expect(removed == [directory.path(".a.tagpin-0123456789abcdef"), directory.path(".b.tagpin-0123456789abcdef")])
    #expect(try directory.names() == ["d", "d/.c.tagpin-0123456789abcdef"])
  }

  @Test func `The temporary files of a run that lives are nobody's leftovers`() throws {
    let changes = try ["a", "b"].map { try change($0) }
    let directory = directory
    let seen = Mutex<(temporaryCount: Int, removed: [String])>((0, []))
    let writer = FileWriter { step throws(SystemError) in
      guard step == .replace(path: directory.path("a")) else { return }
      let names = (try? directory.names()) ?? []
      seen.withLock { $0 = (names.count - 2, FileWriter.removeLeftovers(inDirectories: [FilePath(directory.path)])) }
    }
    #expect(writer.write(changes).failures == [])
    #expect(seen.withLock { $0.temporaryCount } == 2)
    #expect(seen.withLock { $0.removed } == [])
    #expect(try directory.names() == ["a", "b"])
  }

  @Test(arguments: [String(repeating: "n", count: 255), String(repeating: "é", count: 127)])
  func `A name too long for a suffix is shortened`(name: String) throws {
    let outcome = FileWriter().write([try change(name)])
    #expect(outcome.failures == [])
    #expect(try directory.names() == [name])
  }

  @Test func `Two runs at once on the same files: each file is one run's, whole`() async throws {
    let names = (0..<50).map { "f\($0)" }
    let changes = try names.map { try change($0) }
    let outcomes = await withTaskGroup(of: WriteOutcome.self) { group in
      for number in 0..<4 {
        group.addTask {
          FileWriter().write(
            changes.map { FileChange(path: $0.path, originalBytes: $0.originalBytes, newBytes: Array("run \(number)".utf8)) })
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for name in names { #expect(try ["old \(name)", "run 0", "run 1", "run 2", "run 3"].contains(directory.read(name))) }
    #expect(outcomes.count { $0.failures.isEmpty } <= 1)
    #expect(try directory.names() == Set(names))
  }
}
