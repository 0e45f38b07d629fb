import Configuration
import Dialects
import Pinning
import References
import SourceText
import Testing

@Suite struct NamesInPartsTests {
  private static let old = "sha256:" + String(repeating: "1a", count: 32)

  private func run(_ command: Report.Command, _ text: String, configuration: String = "") async throws -> Report {
    var options = RunOptions(command)
    options.isDryRun = true
    options.configuration = try Configuration(parsing: SourceText(configuration), file: ".tagpin.yaml", trust: .user)
    let scan = Scan { _ in .success(Array(text.utf8)) }
    let scanned = try #require(scan.scan(SourceFile(path: "Dockerfile", absolutePath: "/r/Dockerfile")))
    return await Run(options, resolver: FixtureResolver()).report(on: [scanned])
  }

  private func text(_ report: Report, _ original: String) -> String {
    String(decoding: report.files[0].change?.bytes ?? Array(original.utf8), as: UTF8.self)
  }

  private func digest(_ image: String) async throws -> String {
    try await FixtureResolver().digest(of: ImageReference(parsing: image), platform: nil).description
  }

  @Test(arguments: ["ARG TAG=3\nFROM alpine:${TAG}\n", "FROM ${REGISTRY:-docker.io}/alpine:3\n"])
  func `what can move is counted, and pin says why it stays`(_ dockerfile: String) async throws {
    let checked = try await run(.check, dockerfile)
    #expect(checked.files[0].sites.map(\.state) == [.unpinned])
    #expect(checked.exitCode() == 1)
    for command in [Report.Command.pin, .update] {
      let pinned = try await run(command, dockerfile)
      #expect(pinned.files[0].sites.map(\.state.code) == ["skipped"])
      #expect(pinned.files[0].change == nil)
      #expect(pinned.exitCode() == 0)
    }
    let ignored = try await run(.check, dockerfile, configuration: "ignore: [{image: '**/alpine'}]")
    #expect(ignored.exitCode() == 0)
  }

  @Test func `a default in the name itself is pinned, moved, and goes back`() async throws {
    let dockerfile = "ARG TAG\nFROM alpine:${TAG:-3} AS base\n"
    let wanted = "ARG TAG\nFROM alpine:${TAG:-3@\(try await digest("alpine:3"))} AS base\n"
    #expect(text(try await run(.pin, dockerfile), dockerfile) == wanted)
    let stale = "ARG TAG\nFROM alpine:${TAG:-3@\(Self.old)} AS base\n"
    #expect(text(try await run(.update, stale), stale) == wanted)
    #expect(text(try await run(.unpin, wanted), wanted) == dockerfile)
  }

  @Test func `a digest that stands in an argument is moved there, for all that use it`() async throws {
    func dockerfile(_ digest: String) -> String { "ARG DIGEST=\(digest)\nFROM alpine:3@${DIGEST} AS a\nFROM alpine:3@${DIGEST} AS b\n" }
    let before = dockerfile(Self.old)
    #expect(text(try await run(.update, before), before) == dockerfile(try await digest("alpine:3")))
    let back = try await run(.unpin, before)
    #expect(back.files[0].change == nil)
    #expect(back.files[0].sites.map(\.state.code) == ["skipped"])
  }

  @Test func `a digest that several images share is left to people`() async throws {
    let dockerfile = "ARG DIGEST=\(Self.old)\nFROM alpine:3@${DIGEST}\nFROM busybox:1@${DIGEST}\n"
    let updated = try await run(.update, dockerfile)
    #expect(updated.files[0].change == nil)
    #expect(updated.files[0].sites.map(\.state.code) == ["skipped", "skipped"])
  }
}
