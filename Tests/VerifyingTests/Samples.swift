import Dialects
import Distribution
import Foundation
import Pinning
import References
import Rules
import Testing
import Verifying

/// A digest that this text stands for: its bytes, repeated.
func sample(_ text: String) -> Digest {
  let hex = text.utf8.map { byte in byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }.joined()
  let long = String(repeating: hex, count: 64 / max(1, hex.count) + 1)
  guard let digest = Digest(.sha256, hex: String(long.prefix(64))) else { fatalError("not a digest: \(text)") }
  return digest
}

extension ImageContent {
  /// An index: `amd64:a arm64:b` are the images a and b.
  static func index(_ name: String, _ images: String, origin: ImageOrigin = ImageOrigin(), attested: Bool = false) -> ImageContent {
    let listed = images.split(separator: " ").map { image in
      let parts = image.split(separator: ":").map(String.init)
      return PlatformImage(digest: sample(parts[1]), platform: Platform("linux/\(parts[0])"), origin: origin)
    }
    return ImageContent(digest: sample(name), isIndex: true, images: listed, listsAttestations: attested)
  }

  static func manifest(_ name: String) -> ImageContent {
    ImageContent(digest: sample(name), isIndex: false, images: [PlatformImage(digest: sample(name))])
  }
}

extension ImageDetail {
  /// `layers` are one letter each.
  static func with(
    _ layers: String = "", source: String? = nil, revision: String? = nil, version: String? = nil, entrypoint: String = "/run",
    user: String = "",
    architecture: String = "amd64"
  ) -> ImageDetail {
    ImageDetail(
      platform: Platform("linux/\(architecture)"), origin: ImageOrigin(revision: revision, source: source, version: version),
      layers: layers.map { sample("layer \($0)") }, process: ImageProcess(entrypoint: [entrypoint], user: user))
  }
}

/// A registry in memory that counts what it is asked. What it does not know is proven to be absent.
final class FakeRegistry: ContentAsking, @unchecked Sendable {
  // Set up before it is asked, and counted under the lock.
  var tags: [String: Digest] = [:]
  var contents: [Digest: ImageContent] = [:]
  var details: [Digest: ImageDetail] = [:]
  var attachments: [Digest: Set<Distribution.Attachment>] = [:]
  var signers: [Digest: Set<Signer>] = [:]
  var isDown = false
  private let lock = NSLock()
  private var counted: [String] = []

  var requests: [String] { lock.withLock { counted } }

  func add(_ content: ImageContent, tag: String? = nil, _ details: [String: ImageDetail] = [:]) {
    contents[content.digest] = content
    if let tag { tags[tag] = content.digest }
    for (name, detail) in details { self.details[sample(name)] = detail }
  }

  private func note(_ request: String) throws(SiteFailure) {
    lock.withLock { counted.append(request) }
    if isDown { throw .unresolved(Unresolved(.network, why: "no answer")) }
  }

  private func found<Value>(_ value: Value?) throws(SiteFailure) -> Value {
    guard let value else { throw .unresolved(Unresolved(.missing, why: "no such thing")) }
    return value
  }

  func currentDigest(of reference: ImageReference) async throws(SiteFailure) -> Digest {
    try note("HEAD")
    if let digest = reference.digest { return try found(contents[digest]).digest }
    return try found(reference.tag.flatMap { tags[$0.text] })
  }

  func content(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageContent {
    try note("GET content")
    return try found(contents[digest])
  }

  func detail(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageDetail {
    try note("GET detail")
    return try found(details[digest])
  }

  func attachments(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> Attachments {
    try note("GET attachments")
    return Attachments(attachments[digest] ?? [], by: signers[digest] ?? [])
  }

  func tags(of name: ImageReference) async throws(SiteFailure) -> [String] {
    try note("GET tags")
    return tags.keys.sorted()
  }
}
