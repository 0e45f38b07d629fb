import Configuration
import Dialects
import Pinning
import References
import Rules
import SourceText
import Testing

/// What only may be an image: listed always, written only where that is asked for, and never in the way of anything else.
@Suite struct LikelyTests {
  private static let digest = "sha256:\(String(repeating: "1", count: 64))"

  private static func pod(_ variable: String) -> String {
    """
    apiVersion: v1
    kind: Pod
    spec:
      containers:
        - image: nginx:1.27
          env:
            - {name: WEB_IMAGE, value: "\(variable)"}

    """
  }

  private func report(
    _ command: Report.Command, likely: Bool, _ variable: String = "acme/web:1", resolver: any DigestResolving = FixtureResolver()
  ) async throws -> (Report, written: [String]) {
    var options = RunOptions(command)
    options.configuration.pinsLikely = likely
    let text = Self.pod(variable)
    let scan = Scan { _ in .success(Array(text.utf8)) }
    let scanned = try #require(scan.scan(SourceFile(path: "pod.yaml", absolutePath: "/pod.yaml")))
    let writer: Run.Writer = { changes, _ in
      var outcome = WriteOutcome()
      outcome.written = changes.map(\.path)
      return outcome
    }
    let report = await Run(options, resolver: resolver, writer: writer).report(on: [scanned])
    return (report, report.files.filter { $0.change?.isWritten == true }.map { String(decoding: $0.change?.bytes ?? [], as: UTF8.self) })
  }

  private func states(_ command: Report.Command, likely: Bool, _ variable: String = "acme/web:1") async throws -> [String] {
    try await report(command, likely: likely, variable).0.files.flatMap(\.sites).map { $0.state.rule.id }
  }

  @Test func `it is left alone until that is asked for`() async throws {
    for command in [Report.Command.list, .check] {
      #expect(try await states(command, likely: false) == ["unpinned", "likely"])
      #expect(try await states(command, likely: true) == ["unpinned", "unpinned"])
    }
    for command in [Report.Command.pin, .update] {
      #expect(try await states(command, likely: false) == ["changed", "likely"])
      #expect(try await states(command, likely: true) == ["changed", "changed"])
    }
  }

  @Test func `with a digest it is an image`() async throws {
    let pinned = "acme/web:1@\(Self.digest)"
    #expect(try await states(.check, likely: false, pinned) == ["unpinned", "pinned"])
    #expect(try await states(.update, likely: false, pinned) == ["changed", "changed"])
    #expect(try await states(.unpin, likely: false, pinned) == ["unpinned", "changed"])
  }

  @Test func `what cannot be resolved fails alone`() async throws {
    let (report, written) = try await report(.pin, likely: true, resolver: Missing(name: "docker.io/acme/web"))
    #expect(report.files.flatMap(\.sites).map(\.state.rule.id) == ["changed", "not-found"])
    #expect(report.notWritten == nil && report.exitCode() == 2)
    #expect(written.count == 1 && written.first?.contains("nginx:1.27@sha256:") == true)
    let certain = try await self.report(.pin, likely: true, resolver: Missing(name: "docker.io/library/nginx"))
    #expect(certain.0.notWritten != nil && certain.written == [])
  }

  private struct Missing: DigestResolving {
    let name: String

    func digest(of reference: ImageReference, platform: Platform?) async throws(SiteFailure) -> References.Digest {
      guard !reference.normalised.hasPrefix(name) else { throw .unresolved(Unresolved(.absent, why: "no such tag")) }
      return try await FixtureResolver().digest(of: reference, platform: platform)
    }
  }

  @Test func `the reason names the setting`() {
    #expect(
      SkipReason.likely.description == "it only may be an image; 'likely: true' in the configuration, or --likely, pins it, too")
  }
}
