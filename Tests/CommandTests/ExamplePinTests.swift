import Foundation
import ServersForTests
import Testing

/// The examples, pinned by tagpin itself.
@Suite(.timeLimit(.minutes(30))) struct ExamplePinTests {
  private struct Site: Decodable {
    var kind: String
    var state: String
    var reference: String?
  }

  private struct Listing: Decodable {
    struct File: Decodable { var sites: [Site] }
    var files: [File]
    var sites: [Site] { files.flatMap(\.sites) }
  }

  private func listing(_ sandbox: Sandbox) async throws -> Listing {
    let outcome = try await sandbox.tagpin("list", "--format", "json")
    return try JSONDecoder().decode(Listing.self, from: Data(outcome.output))
  }

  /// Names of actions by tags, as they stand behind `uses:`.
  private static func actions(_ files: [String: [UInt8]]) -> Set<String> {
    var actions: Set<String> = []
    for bytes in files.values {
      for match in String(decoding: bytes, as: UTF8.self).matches(of: /uses: ([\w.-]+\/[\w.-]+)[\w.\/-]*@(v[\w.]+)/) {
        actions.insert("\(match.1)@\(match.2)")
      }
    }
    return actions
  }

  @Test func `the pins of third parties are whole commits and digests`() throws {
    let pins = Example.files.flatMap { file -> [Substring] in
      let text = (try? String(contentsOf: Example.directory.appending(path: file), encoding: .utf8)) ?? ""
      return text.matches(of: /(?:uses: \S+@|\S@sha256:)[0-9a-f]{12,}/).map(\.0)
    }
    #expect(pins.count > 20)
    for pin in pins {
      let hex = pin.drop { $0 != "@" }.dropFirst()
      #expect(hex.hasPrefix("sha256:") ? hex.count == 71 : hex.count == 40, "\(pin)")
    }
  }

  @Test(arguments: Example.all) func `pin leaves nothing unpinned, and every other byte as it was`(_ example: Example) async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        try await example.copy(into: sandbox)
        let before = try sandbox.snapshot()
        let unpinned = try await listing(sandbox).sites.filter { $0.state == "unpinned" }

        // What is looked up is here: images under their registry's name, repositories of actions with their tags.
        var written: [String: String] = [:]
        var hosts: Set<String> = []
        for reference in Set(unpinned.filter { $0.kind == "image" }.compactMap(\.reference)) {
          let image = Image.index(reference)
          let colon = try #require(reference.lastIndex(of: ":"))
          try await registry.push(image, to: String(reference[..<colon]), tag: String(reference[reference.index(after: colon)...]))
          written["@\(image.digest)"] = ""
          hosts.insert(String(reference.prefix { $0 != "/" }))
        }
        for action in Self.actions(before) {
          let parts = action.split(separator: "@").map(String.init)
          let repository = "\(sandbox.root)/git/\(parts[0])"
          try await sandbox.git("init", "-q", repository)
          try await sandbox.git("commit", "-q", "--allow-empty", "-m", action, in: repository)
          try await sandbox.git("tag", parts[1], in: repository)
          let commit = try await sandbox.git("rev-parse", "HEAD", in: repository).trimmingCharacters(in: .newlines)
          written["@\(commit) # \(parts[1])"] = "@\(parts[1])"
        }
        let mirrors = hosts.sorted().map { "  - { prefix: '\($0)', mirrors: ['http://\(registry.host)/\($0)'] }\n" }.joined()
        try sandbox.write(
          (mirrors.isEmpty ? "" : "registries:\n\(mirrors)") + "actions: { server: 'file://\(sandbox.root)/git' }\n",
          to: "\(sandbox.root)/tagpin.yaml")
        let environment = ["TAGPIN_CONFIG": "\(sandbox.root)/tagpin.yaml"]

        #expect(try await sandbox.tagpin("check", environment: environment).status == (unpinned.isEmpty ? 0 : 1))
        let pin = try await sandbox.tagpin("pin", environment: environment)
        #expect(pin.status == 0, "\(pin.outputText)\(pin.errorText)")
        let check = try await sandbox.tagpin("check", environment: environment)
        #expect(check.status == 0, "\(check.outputText)\(check.errorText)")
        #expect(try await listing(sandbox).sites.allSatisfy { $0.state == "pinned" || $0.state == "skipped" })

        // The program that an example runs is pinned by it, too.
        for (path, bytes) in try sandbox.snapshot() where !path.hasSuffix(".md") {
          #expect(!String(decoding: bytes, as: UTF8.self).contains(/tools\/tagpin:1(?!@)/), "\(path)")
        }
        let restored = try sandbox.snapshot().mapValues { bytes in
          var text = String(decoding: bytes, as: UTF8.self)
          for (pin, tag) in written { text = text.replacing(pin, with: tag) }
          return Array(text.utf8)
        }
        #expect(restored == before)
        #expect(try sandbox.snapshot() != before || unpinned.isEmpty)
      }
    }
  }
}
