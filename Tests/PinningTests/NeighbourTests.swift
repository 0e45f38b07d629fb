import Dialects
import Foundation
import Pinning
import Testing

/// Files that say what others mean: which of them a scan reads.
@Suite struct NeighbourTests {
  private func sites(_ files: [String: String], in path: String) async -> [String] {
    let sources = files.keys.sorted().map { SourceFile(path: $0, absolutePath: "/" + $0) }
    let scan = Scan { file in
      if let text = files[file.path] { .success(Array(text.utf8)) } else { .failure(.system(path: file.path, SystemError(code: ENOENT))) }
    }
    return await scan.scan(sources, jobs: 2).first { $0.file.path == path }?.findings.sites.map { "\($0.content)" } ?? []
  }

  private static let compose = "services: { a: { image: '${IMAGE}' } }"

  @Test(arguments: ["compose.yaml", "docker-compose.yml", "docker-compose.prod.yml", "compose.override.yaml"])
  func `an environment file is read for the Compose file beside it`(_ name: String) async {
    #expect(await sites(["a/.env": "IMAGE=b:1", "a/\(name)": Self.compose], in: "a/.env").count == 1)
    #expect(await sites([".env": "IMAGE=b:1", name: Self.compose], in: ".env").count == 1)
    #expect(await sites(["a/.env": "IMAGE=b:1", "b/\(name)": Self.compose], in: "a/.env").isEmpty)
    #expect(await sites(["a/.env": "IMAGE=b:1", "a/b/\(name)": Self.compose], in: "a/.env").isEmpty)
    #expect(await sites(["a/.env": "IMAGE=b:1", "a/other.yaml": Self.compose], in: "a/.env").isEmpty)
  }

  @Test func `a Compose file names the environment file beside it`() async {
    let content = await sites(["a/.env": "IMAGE=b:1", "a/compose.yaml": Self.compose], in: "a/compose.yaml")
    #expect(content == ["\(Site.Content.skipped(.filledInBy("${IMAGE}", file: ".env")))"])
    #expect(await sites(["a/compose.yaml": Self.compose], in: "a/compose.yaml") == ["\(Site.Content.skipped(.notLiteral("${IMAGE}")))"])
  }
}
