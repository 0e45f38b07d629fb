import Distribution
import HTTP
import References
import Testing

/// One platform's manifest (OCI image specification, image-index.md).
@Suite struct PlatformTests {
  static let base = "https://ghcr.io/v2/acme/app"

  func resolve(_ steps: [ScriptedSender.Step], _ platform: String, _ text: String = "ghcr.io/acme/app:1") async throws -> ResolvedManifest {
    let sender = ScriptedSender(steps)
    defer { sender.expectAllUsed() }
    return try await RegistryClient(sender).resolve(try reference(text), platform: try #require(Platform(platform)))
  }

  static func get(_ reference: String, _ type: String, _ body: String) -> ScriptedSender.Step {
    .on("GET \(base)/manifests/\(reference)", 200, ["Content-Type": type], body)
  }

  @Test(arguments: ["linux/arm64", "linux/arm64/v8", "linux/aarch64"])
  func `picks from the index`(_ platform: String) async throws {
    let manifest = try await resolve([Self.get("1", Samples.indexType, Samples.index)], platform)
    #expect(manifest == ResolvedManifest(digest: Samples.armManifest, mediaType: .manifest, byteCount: 2))
  }

  @Test func `by digest, it picks from the index of that digest`() async throws {
    let digest = Samples.digest(Samples.index)
    let manifest = try await resolve(
      [Self.get("\(digest)", Samples.indexType, Samples.index)], "linux/amd64", "ghcr.io/acme/app:1@\(digest)")
    #expect(manifest.digest == Samples.amdManifest)
  }

  @Test func `says what there is where the platform is missing`() async throws {
    let wanted = Platform(os: "linux", architecture: "s390x")
    let available = [Platform(os: "linux", architecture: "amd64"), Platform(os: "linux", architecture: "arm64", variant: "v8")]
    await #expect(throws: RegistryError.platformMissing(wanted, available: available)) {
      try await resolve([Self.get("1", Samples.indexType, Samples.index)], "linux/s390x")
    }
  }

  @Test func `an exact variant comes before a lesser one`() async throws {
    func entry(_ name: String, _ variant: String) -> String {
      #"{"mediaType":"\#(Samples.manifestType)","digest":"\#(Samples.digest(name))","platform":{"os":"linux","architecture":"arm","variant":"\#(variant)"}}"#
    }
    let index = #"{"schemaVersion":2,"manifests":[\#(entry("five", "v5")),\#(entry("six", "v6")),\#(entry("seven", "v7"))]}"#
    for (platform, name) in [("linux/arm", "seven"), ("linux/arm/v6", "six"), ("linux/arm/v5", "five"), ("linux/arm/v8", "seven")] {
      #expect(try await resolve([Self.get("1", Samples.indexType, index)], platform).digest == Samples.digest(name))
    }
  }

  @Test func `indexes within an index are searched, each once`() async throws {
    let inner = Samples.digest(Samples.index)
    let entry = #"{"mediaType":"\#(Samples.indexType)","digest":"\#(inner)"}"#
    let outer = #"{"schemaVersion":2,"manifests":[\#(entry),\#(entry)]}"#
    let manifest = try await resolve(
      [Self.get("1", Samples.indexType, outer), Self.get("\(inner)", Samples.indexType, Samples.index)], "linux/amd64")
    #expect(manifest.digest == Samples.amdManifest)
  }

  @Test func `several manifests for one platform are told`() async throws {
    func entry(_ name: String, _ version: String) -> String {
      #"{"mediaType":"\#(Samples.manifestType)","digest":"\#(Samples.digest(name))","#
        + #""platform":{"os":"windows","architecture":"amd64","os.version":"\#(version)"}}"#
    }
    let index = #"{"schemaVersion":2,"manifests":[\#(entry("a", "10.0.1")),\#(entry("b", "10.0.2"))]}"#
    let manifest = try await resolve([Self.get("1", Samples.indexType, index)], "windows/amd64")
    #expect(manifest.digest == Samples.digest("a"))
    #expect(manifest.warnings == ["2 manifests are for windows/amd64 (10.0.1, 10.0.2): the first one is taken"])
  }

  static let configURL = "\(base)/blobs/\(Samples.digest(Samples.config))"

  @Test func `a single manifest is taken if its configuration is for the platform`() async throws {
    let manifest = try await resolve(
      [
        Self.get("1", Samples.manifestType, Samples.manifest),
        .on("GET \(Self.configURL)", 307, ["Location": "https://cdn.test/x?sig=1"]),
        .on("GET https://cdn.test/x?sig=1", 200, [:], Samples.config),
      ], "linux/arm64")
    #expect(manifest.digest == Samples.digest(Samples.manifest))
  }

  @Test func `and refused if it is not`() async throws {
    let steps: [ScriptedSender.Step] = [
      Self.get("1", Samples.manifestType, Samples.manifest), .on("GET \(Self.configURL)", 200, [:], Samples.config),
    ]
    await #expect(
      throws: RegistryError.platformMissing(
        Platform(os: "linux", architecture: "amd64"), available: [Platform(os: "linux", architecture: "arm64", variant: "v8")])
    ) { try await resolve(steps, "linux/amd64") }
  }

  @Test func `a configuration with another digest is refused`() async throws {
    let expected = Samples.digest(Samples.config)
    await #expect(throws: RegistryError.digestMismatch(host: "ghcr.io", expected: expected, actual: Samples.digest("{}"))) {
      try await resolve(
        [Self.get("1", Samples.manifestType, Samples.manifest), .on("GET \(Self.configURL)", 200, [:], "{}")], "linux/arm64")
    }
  }
}
