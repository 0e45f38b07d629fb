import Dialects
import Foundation
import References
import Rules
import SourceText
import Testing

/// The places in the fixtures, without resolving anything; the golden tests of `Pinning` write the pins.
@Suite struct DockerfileFixtureTests {
  @Test(arguments: [
    "arguments/input.Dockerfile", "copy-and-mounts/input.Dockerfile", "directives/input.Containerfile", "windows/input.Dockerfile",
  ])
  func `every site stands where the fixture says`(_ path: String) throws {
    let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/dockerfile")
    let input = directory.appending(path: path)
    let text = SourceText(Array(try Data(contentsOf: input)))
    let listing = try String(decoding: Data(contentsOf: input.deletingLastPathComponent().appending(path: "sites.txt")), as: UTF8.self)
    let found = try Dockerfile.findings(in: text).sites.map { site in
      let state =
        switch site.content {
        case .image where site.unwritten != nil: "skipped(made-of-parts)"
        case .image(let image): image.digest == nil ? "changed" : "pinned"
        case .action: "action"
        case .skipped(let reason): "skipped(\(reason.rule.id))"
        case .failed(let failure): "failed(\(failure.rule.id))"
        }
      return "\(text.position(at: site.range.lowerBound)) \(state) \(site.place) \(site.text)"
    }
    #expect(found == listing.split(separator: "\n").map(String.init))
  }
}
