import Pinning
import References
import SourceText
import Testing

@Suite struct BuildMetadataTests {
  private static func digest(_ digit: Character) -> String { "sha256:" + String(repeating: digit, count: 64) }
  private static let a = digest("a")
  private static let b = digest("b")

  private static func read(_ text: String) throws(PushedReferenceError) -> BuildMetadata {
    try BuildMetadata(parsing: SourceText(text), source: "metadata.json")
  }

  private static func reference(_ text: String) throws -> ImageReference { try ImageReference(parsing: text) }

  @Test func `the metadata of a build`() throws {
    let metadata = try Self.read(
      """
      {
        "buildx.build.provenance": {"buildType": "https://mobyproject.org/buildkit@v1"},
        "buildx.build.ref": "builder/builder0/x",
        "containerimage.config.digest": "\(Self.b)",
        "containerimage.descriptor": {
          "mediaType": "application/vnd.oci.image.index.v1+json",
          "digest": "\(Self.a)",
          "size": 856
        },
        "containerimage.digest": "\(Self.a)",
        "image.name": "docker.io/acme/app:1,ghcr.io/acme/app:latest"
      }
      """)
    let content = PushedContent.manifest(try #require(Digest(Self.a)))
    for spelling in ["acme/app:1", "docker.io/acme/app:1", "index.docker.io/acme/app:1", "ghcr.io/acme/app", "ghcr.io/acme/app:latest"] {
      #expect(metadata.content(of: try Self.reference(spelling)) == content, "\(spelling)")
    }
    for other in ["acme/app", "acme/app:2", "quay.io/acme/app:1"] {
      #expect(metadata.content(of: try Self.reference(other)) == nil, "\(other)")
    }
    #expect(metadata.built.references.first?.origin.description == "metadata.json:11:17: the build")
  }

  @Test func `the metadata of bake has an entry for each target`() throws {
    let metadata = try Self.read(
      """
      {
        "buildx.build.warnings": [],
        "app": {"containerimage.digest": "\(Self.a)", "image.name": "acme/app:1"},
        "files": {"buildx.build.ref": "x"},
        "local": {"containerimage.config.digest": null, "image.name": "acme/local:1"},
        "nameless": {"containerimage.digest": "\(Self.b)"},
        "web": {"containerimage.digest": "\(Self.b)", "image.name": "acme/web:1"}
      }
      """)
    #expect(metadata.built.references.map(\.reference.written) == ["acme/app:1", "acme/web:1"])
    #expect(metadata.built.references.map { $0.content?.digest.description } == [Self.a, Self.b])
    #expect(
      metadata.built.unpushed.map(\.description) == [
        "metadata.json:5:3: target 'local' is not pushed: its metadata has no digest",
        "metadata.json:6:3: target 'nameless' is not pushed: its metadata has no 'image.name'",
      ])
  }

  /// What Docker's classic store says, and what a builder with a registry does.
  @Test(arguments: [
    (#""containerimage.digest": "A", "containerimage.config.digest": "A""#, "imageID A"),
    (#""containerimage.config.digest": "A""#, "imageID A"),
    (#""containerimage.digest": "A", "containerimage.config.digest": "B""#, "manifest A"),
    (#""containerimage.digest": "A""#, "manifest A"),
    (#""containerimage.descriptor": {"digest": "A"}, "containerimage.config.digest": "B""#, "manifest A"),
    (#""containerimage.descriptor": {"digest": "A"}, "containerimage.digest": "B", "containerimage.config.digest": "B""#, "manifest A"),
    (#""containerimage.digest": "", "containerimage.config.digest": "B""#, "imageID B"),
  ]) func `a digest is the manifest's unless it is the configuration's`(_ members: String, _ expected: String) throws {
    let text =
      "{" + members.replacing("\"A\"", with: "\"\(Self.a)\"").replacing("\"B\"", with: "\"\(Self.b)\"") + #", "image.name": "app:1"}"#
    let content = try #require(try Self.read(text).content(of: Self.reference("app:1")))
    let digest = content.digest.description == Self.a ? "A" : "B"
    switch content {
    case .manifest: #expect("manifest \(digest)" == expected)
    case .imageID: #expect("imageID \(digest)" == expected)
    }
  }

  @Test(arguments: [
    ("", "metadata.json:1:1: cannot be read as JSON"),
    ("[]", "metadata.json:1:1: expected the object that '--metadata-file' writes, found a list"),
    ("{}", "metadata.json: pushes no tag: it has no image with a name and a digest"),
    (#"{"containerimage.digest": "sha256:1", "image.name": "a:1"}"#, "metadata.json:1:27: expected a digest, found 'sha256:1'"),
    (#"{"containerimage.digest": 1, "image.name": "a:1"}"#, "expected a digest, found '1'"),
    (#"{"containerimage.digest": "\#(a)", "image.name": 1}"#, "expected names, found '1'"),
    (#"{"containerimage.digest": "\#(a)", "image.name": "A:1"}"#, "the build: cannot read 'A:1'"),
    (#"{"containerimage.digest": "\#(a)", "image.name": ""}"#, "pushes no tag"),
    (
      #"{"x": {"containerimage.digest": "\#(a)", "image.name": "a:1"}, "y": {"containerimage.digest": "\#(b)", "image.name": "a:1"}}"#,
      "target 'y': 'a:1' is \(b) here and \(a) at metadata.json:1:122: target 'x': which one is pushed last cannot be known"
    ),
  ]) func `metadata that says nothing of an image is an error`(_ text: String, _ expected: String) {
    #expect { try Self.read(text) } throws: { "\($0)".contains(expected) }
  }

  @Test(arguments: [digest("a"), digest("a") + "\n", digest("a") + "\r\n", "\u{FEFF}" + digest("a")])
  func `an image id file holds one digest`(_ text: String) throws {
    #expect(try PushedContent(imageIDFile: SourceText(text), source: "iid") == .imageID(#require(Digest(Self.a))))
  }

  @Test(arguments: [
    ("", "iid: pushes no tag: it is empty, which is what buildx leaves of a build that is neither pushed nor loaded"),
    ("\n", "iid: pushes no tag: it is empty"),
    ("abc", "iid:1:1: expected a digest (sha256 and 64 lower-case hexadecimal digits), found 'abc'"),
    (digest("A"), "expected a digest"), (digest("a") + "\n" + digest("b"), "expected a digest"), (" " + digest("a"), "expected a digest"),
  ]) func `an image id file that holds something else is an error`(_ text: String, _ expected: String) {
    #expect { try PushedContent(imageIDFile: SourceText(text), source: "iid") } throws: { "\($0)".contains(expected) }
  }

  @Test func `an image id is a manifest's digest or a configuration's`() throws {
    let (a, b) = (try #require(Digest(Self.a)), try #require(Digest(Self.b)))
    #expect(PushedContent.manifest(a).isHeld(byManifest: a, configuration: nil))
    #expect(!PushedContent.manifest(a).isHeld(byManifest: b, configuration: a))
    #expect(PushedContent.imageID(a).isHeld(byManifest: a, configuration: nil))
    #expect(PushedContent.imageID(a).isHeld(byManifest: b, configuration: a))
    #expect(!PushedContent.imageID(a).isHeld(byManifest: b, configuration: nil))
  }
}
