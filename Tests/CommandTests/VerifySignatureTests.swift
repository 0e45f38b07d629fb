import Foundation
import ServersForTests
import Testing

/// `verify` of images that are signed, against the real docker-registry.
@Suite(.timeLimit(.minutes(30))) struct VerifySignatureTests {
  /// The old image is signed by acme's workflow; how the new one is signed, and what becomes of it.
  static let signings: [(name: String, old: Signing, new: Signing, code: String)] = [
    ("unsigned", .tag("acme"), .none, "mutant"), ("same", .tag("acme"), .tag("acme"), "rebuilt"),
    ("other", .tag("acme"), .tag("evil"), "mutant"), ("newer", .tag("acme"), .bundle("acme"), "rebuilt"),
    ("bundles", .bundle("acme"), .bundle("evil"), "mutant"), ("key", .tag(nil), .tag(nil), "rebuilt"),
    ("key-instead", .tag("acme"), .tag(nil), "mutant"), ("notation", .notation("acme"), .notation("evil"), "mutant"),
    ("notation-same", .notation("acme"), .notation("acme"), "rebuilt"),
  ]

  enum Signing: Sendable {
    case none
    /// Under a tag of its own, as cosign did it first; nil without a certificate.
    case tag(String?)
    /// As a referrer.
    case bundle(String)
    case notation(String)
  }

  @Test func `a signature that is lost, or by somebody else, is told by what lies beside the images`() async throws {
    try await Sandbox.with { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      var pem: [String: String] = [:]
      for owner in ["acme", "evil"] {
        let name = "URI:https://github.com/\(owner)/app/.github/workflows/release.yml@refs/heads/main"
        let extensions = "\(name)\n1.3.6.1.4.1.57264.1.12=ASN1:UTF8String:https://github.com/\(owner)/app"
        pem[owner] = try String(
          contentsOfFile: try await certificates.server(owner, alternativeNames: extensions).certificate, encoding: .utf8)
      }
      func der(_ owner: String) -> [UInt8] {
        let lines = (pem[owner] ?? "").split(separator: "\n").drop { !$0.hasPrefix("-----BEGIN") }.dropFirst().prefix {
          !$0.hasPrefix("-----")
        }
        return Data(base64Encoded: lines.joined()).map { [UInt8]($0) } ?? []
      }
      try await DockerRegistry.serving(in: sandbox) { registry in
        func push(_ image: Image, _ signing: Signing, to name: String) async throws {
          try await registry.push(image, to: name, tag: "1.2.3")
          let tag = image.digest.replacingOccurrences(of: ":", with: "-")
          switch signing {
          case .none: break
          case .tag(let owner): try await registry.push(.signature(certificate: owner.flatMap { pem[$0] }), to: name, tag: "\(tag).sig")
          case .bundle(let owner): try await registry.push(.referrers(certificate: der(owner)), to: name, tag: tag)
          case .notation(let owner): try await registry.push(.notation(certificate: der(owner)), to: name, tag: tag)
          }
        }
        let old = Image.single("a", labels: VerifyTests.labels("1"))
        for signing in Self.signings {
          try await push(old, signing.old, to: signing.name)
          try await push(.single("b", labels: VerifyTests.labels("1")), signing.new, to: signing.name)
        }
        let lines = Self.signings.map { "  \($0.name): {image: '\(registry.host)/\($0.name):1.2.3@\(old.digest)'}\n" }
        try await sandbox.track(["compose.yaml": "services:\n" + lines.joined()])
        let (_, sites, error) = try await sandbox.verified()
        let verdicts = sites.compactMap { $0["verdict"] as? [String: Any] }
        #expect(verdicts.compactMap { $0["code"] as? String } == Self.signings.map(\.code), "\(verdicts) \(error)")
        let words = verdicts.compactMap { ($0["evidence"] as? [String])?.first }
        #expect(words[2].contains("it was signed by 'https://github.com/acme/app' (present, not verified)"), "\(words[2])")
        #expect(words[2].contains("now by 'https://github.com/evil/app'"), "\(words[2])")
        #expect(words[4].contains("now by 'https://github.com/evil/app'"), "\(words[4])")
        #expect(words[7].contains("signed by 'CN=acme' (present, not verified), and what the tag names now by 'CN=evil'"), "\(words[7])")
      }
    }
  }
}
