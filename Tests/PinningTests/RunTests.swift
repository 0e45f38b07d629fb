import Dialects
import Pinning
import Rules
import Testing

@Suite struct RunTests {
  /// Strings compare by canonical equivalence, paths by bytes: `e` with a combining accent stands before `f` by the one, behind it by the
  /// other.
  @Test func `every file gets its own bytes whatever the order of their paths`() async throws {
    let names = ["f.yaml", "e\u{301}.yaml", "\u{E9}.yaml"]
    let files = names.map { SourceFile(path: $0, absolutePath: "/tree/\($0)", dialectName: "compose") }
    let content: @Sendable (SourceFile) -> [UInt8] = { Array("services: {a: {image: 'app-\($0.path.utf8.count):1'}} # \($0.path)\n".utf8) }
    let scanned = files.compactMap { file in Scan { .success(content($0)) }.scan(file) }
    let run = Run(
      RunOptions(.pin), resolver: FixtureResolver(),
      writer: { changes, _ in
        var outcome = WriteOutcome()
        for change in changes {
          let isItsOwn = files.contains { Array($0.absolutePath.utf8) == Array(change.path.utf8) && content($0) == change.originalBytes }
          if isItsOwn { outcome.written.append(change.path) } else { outcome.failures.append(.changedOnDisk(path: change.path)) }
        }
        return outcome
      })
    let report = await run.report(on: scanned)
    #expect(!report.hasFailure)
    #expect(report.files.count == 3 && report.files.allSatisfy { $0.change?.isWritten == true })
  }

  @Test func `a directory that cannot be synced fails the run and not the files`() async throws {
    let file = SourceFile(path: "compose.yaml", absolutePath: "/tree/compose.yaml")
    let scanned = try #require(Scan { _ in .success(Array("services: {a: {image: 'app:1'}}\n".utf8)) }.scan(file))
    let run = Run(
      RunOptions(.pin), resolver: FixtureResolver(),
      writer: { changes, _ in
        var outcome = WriteOutcome()
        outcome.written = changes.map(\.path)
        outcome.failures = [.failed(.syncDirectory(path: "/tree"), SystemError(code: 5))]
        return outcome
      })
    let report = await run.report(on: [scanned])
    #expect(report.hasFailure && report.notWritten == nil)
    #expect(report.files.first { $0.path == "compose.yaml" }?.change?.isWritten == true)
    #expect(report.files.contains { if case .failed = $0.state { $0.path == "/tree" } else { false } })
  }

  @Test func `of two spellings of one accent the one that fails is the one that is not written`() async throws {
    let names = ["e\u{301}.yaml", "\u{E9}.yaml"]
    let files = names.map { SourceFile(path: $0, absolutePath: "/tree/\($0)", dialectName: "compose") }
    let scanned = files.compactMap { Scan { _ in .success(Array("services: {a: {image: 'app:1'}}\n".utf8)) }.scan($0) }
    var options = RunOptions(.pin)
    options.keepsGoing = true
    let run = Run(
      options, resolver: FixtureResolver(),
      writer: { changes, _ in
        var outcome = WriteOutcome()
        outcome.failures = changes.prefix(1).map { .changedOnDisk(path: $0.path) }
        outcome.written = changes.dropFirst().map(\.path)
        return outcome
      })
    let report = await run.report(on: scanned)
    #expect(report.files.map { $0.change?.isWritten } == [false, true])
    #expect(report.files.map { $0.state?.rule } == [.notReplaced, nil])
  }
}
