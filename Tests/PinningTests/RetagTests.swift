import Configuration
import Dialects
import References
import SourceText
import Testing

@testable import Pinning

/// `update --repair`: a pin in danger gets another tag of its digest.
@Suite struct RetagTests {
  /// Of the repositories `acme/*` every pin is in danger.
  private struct Tags: OtherTagFinding {
    var tag: String?

    func replacementTag(for pin: ImageReference) async throws(SiteFailure) -> References.Tag? {
      guard pin.name.repository.hasPrefix("acme/") else { return nil }
      guard let tag else { throw .unresolved("no other tag is known", isAbsence: false) }
      return References.Tag(tag)
    }
  }

  private static let digest = "sha256:" + String(repeating: "ab", count: 32)

  private func run(_ text: String, path: String = "compose.yaml", _ tags: Tags = Tags(tag: "1.2.3")) async throws -> (
    report: Report, text: String
  ) {
    var options = RunOptions(.update)
    options.isDryRun = true
    options.update = .tags
    let scan = Scan(options: DialectOptions()) { _ in .success(Array(text.utf8)) }
    let scanned = try #require(scan.scan(SourceFile(path: path, absolutePath: "/r/" + path)))
    let report = await Run(options, resolver: FixtureResolver(), otherTags: tags).report(on: [scanned])
    return (report, String(decoding: report.files[0].change?.bytes ?? Array(text.utf8), as: UTF8.self))
  }

  @Test(arguments: [
    ("compose.yaml", "services: {a: {image: 'quay.io/acme/app:1@D'}}\n", "services: {a: {image: 'quay.io/acme/app:1.2.3@D'}}\n"),
    ("Dockerfile", "# tag=1\nFROM quay.io/acme/app@D\n", "# tag=1.2.3\nFROM quay.io/acme/app@D\n"),
    (
      "compose.yaml", "services: {a: {image: 'other:1@D'}, b: {image: 'quay.io/acme/app:1'}, c: {image: 'quay.io/acme/app@D'}}\n",
      "services: {a: {image: 'other:1@D'}, b: {image: 'quay.io/acme/app:1'}, c: {image: 'quay.io/acme/app@D'}}\n"
    ),
  ]) func `the tag is written, the digest stays, and nothing else is touched`(_ path: String, _ before: String, _ after: String)
    async throws
  {
    func filled(_ text: String) -> String { text.replacing("D'", with: Self.digest + "'").replacing("@D\n", with: "@\(Self.digest)\n") }
    let result = try await run(filled(before), path: path)
    #expect(result.text == filled(after))
    #expect(result.report.exitCode() == 0)
  }

  @Test func `where there is no other tag, the run says so and fails`() async throws {
    let result = try await run("services: {a: {image: 'acme/app:1@\(Self.digest)'}}\n", Tags(tag: nil))
    guard case .failed(let failure)? = result.report.files.first?.sites.first?.state else {
      Issue.record("not failed")
      return
    }
    #expect(failure.description.contains("no other tag is known"))
    #expect(result.report.exitCode() == 2)
  }
}
