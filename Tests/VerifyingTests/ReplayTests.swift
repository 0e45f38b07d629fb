import Distribution
import Pinning
import References
import Rules
import Testing

@testable import Verifying

/// A replay of moves of full-version tags that were seen in public: what moved, by platforms, images, labels and layers. Digests are made
/// up where the content is.
///
/// A gate that cries wolf is switched off: of the honest moves at least 95 in 100 stay below an error, and two thirds are no more than a
/// note. Attacks are errors.
@Suite struct ReplayTests {
  struct Move: Sendable, CustomTestStringConvertible {
    var name: String
    var old: ImageContent
    var new: ImageContent
    var oldDetail = ImageDetail()
    var newDetail = ImageDetail()
    var oldAttachments: Set<Distribution.Attachment> = []
    var newAttachments: Set<Distribution.Attachment> = []
    var oldSigners: Set<Signer> = []
    var newSigners: Set<Signer> = []
    var testDescription: String { name }

    func verdict() async throws -> Verdict {
      let registry = FakeRegistry()
      registry.add(old)
      registry.add(new, tag: "1.2.3")
      for image in old.images { registry.details[image.digest] = oldDetail }
      for image in new.images where registry.details[image.digest] == nil { registry.details[image.digest] = newDetail }
      registry.attachments[old.digest] = oldAttachments
      registry.attachments[new.digest] = newAttachments
      registry.signers[old.digest] = oldSigners
      registry.signers[new.digest] = newSigners
      let pin = try ImageReference(parsing: "acme/app:1.2.3@\(old.digest)")
      return await ImageVerifier(asking: registry, options: VerifyOptions()).verdict(on: pin, old.digest)
    }
  }

  // MARK: Honest moves

  /// Docker's official images are built for one architecture after the other: the index is published again as each arrives
  /// (<https://github.com/docker-library/official-images/issues/18385>).
  static let arrivals: [Move] = [
    "amd64:a", "amd64:a 386:b", "amd64:a 386:b arm64:c", "amd64:a 386:b arm64:c ppc64le:d", "amd64:a 386:b arm64:c ppc64le:d s390x:e",
    "amd64:a arm64:c", "amd64:a arm64:c riscv64:f", "amd64:a arm64:c s390x:e",
  ].flatMap { before in
    ["mips64le:g", "riscv64:h"].map { added in
      Move(
        name: "\(added) arrives at \(before)", old: .index("old", before, origin: official, attested: true),
        new: .index("new", "\(before) \(added)", origin: official, attested: true))
    }
  }

  /// And it flips back to the index without the last one (<https://github.com/docker-library/golang/issues/515>): the rest is what it was.
  static let flips: [Move] = ["amd64:a arm64:c s390x:e", "amd64:a arm64:c"].map { before in
    Move(
      name: "\(before) flips back", old: .index("old", before, origin: official, attested: true),
      new: .index("new", String(before.prefix { $0 != " " }), origin: official, attested: true))
  }

  /// The index is written again with other annotations or in another order (`docker buildx imagetools create`, `crane index append`,
  /// mirrors of a release).
  static let rewritten: [Move] =
    [
      ("amd64:a arm64:b", "arm64:b amd64:a"), ("amd64:a", "amd64:a"), ("amd64:a arm64:b arm:c", "amd64:a arm64:b arm:c"),
      ("amd64:a arm64:b", "amd64:a arm64:b windows:w"), ("amd64:a arm:c", "amd64:a arm64:b arm:c"),
    ].map { before, after in Move(name: "\(before) is written again", old: .index("old", before), new: .index("new", after)) }

  /// What was pinned before there was an index is an image of the index now.
  static let joined = Move(
    name: "an index takes the place of its only manifest", old: .manifest("a"), new: .index("new", "amd64:a arm64:b"))

  /// The last steps of a build were done again on the same base: a certificate bundle, a plugin, a file's time.
  static let lastSteps: [Move] = ["abcd→abcx", "abcdef→abcdxy", "ab→ax", "abc→abx", "abcdefgh→abcdefxy"].map { layers in
    let parts = layers.split(separator: "→").map(String.init)
    return Move(
      name: "the last layers are new: \(layers)", old: .index("old", "amd64:a arm64:b"), new: .index("new", "amd64:x arm64:y"),
      oldDetail: .with(parts[0], source: acme, revision: "1", version: "1.2.3"),
      newDetail: .with(parts[1], source: acme, revision: "1", version: "1.2.3"))
  }

  /// A release is built again on a mended base, so that each layer is new: official images within a day of their base's update,
  /// nginx-unprivileged each week (<https://github.com/nginx/docker-nginx-unprivileged/issues/308>), `python:3.11.9-alpine3.19` eight times
  /// in two months.
  static let rebuilds: [Move] = ["debian", "alpine", "ubuntu", "ubi", "distroless"].map { base in
    Move(
      name: "\(base) was mended below it", old: .index("old", "amd64:a arm64:b", origin: official, attested: true),
      new: .index("new", "amd64:x arm64:y", origin: official, attested: true), oldDetail: .with("abcd"), newDetail: .with("vwxy"))
  }

  /// The same version from another revision: a change of the Dockerfile alone, a correction within the hour.
  static let corrections: [Move] = ["a fixed label", "a fixed entry in /etc", "the Dockerfile alone"].map { what in
    Move(
      name: "released again for \(what)", old: .index("old", "amd64:a"), new: .index("new", "amd64:x"),
      oldDetail: .with("abcd", source: acme, revision: "1", version: "1.2.3"),
      newDetail: .with("abcy", source: acme, revision: "2", version: "1.2.3"))
  }

  /// A release that is signed is built and signed again by the same publisher.
  static let signedAgain: [Move] = [[Signer(acme)], [Signer(acme), Signer("security@acme.test")]].map { signers in
    Move(
      name: "built and signed again by \(signers.count)", old: .index("old", "amd64:a"), new: .index("new", "amd64:x"),
      oldDetail: .with("abcd", source: acme, revision: "1"), newDetail: .with("abcx", source: acme, revision: "1"),
      oldAttachments: [.signature], newAttachments: [.signature], oldSigners: [Signer(acme)], newSigners: signers)
  }

  /// Publishers that say nothing of where their images come from.
  static let silent: [Move] = [("abcd", "wxyz"), ("abcd", "abxy"), ("ab", "xy")].map { before, after in
    Move(
      name: "no label says why \(before) became \(after)", old: .index("old", "amd64:a"), new: .index("new", "amd64:x"),
      oldDetail: .with(before), newDetail: .with(after))
  }

  /// Seen, honest, and not to be told from an attack: the publisher moved to another organisation, and the source label with it.
  static let movedHouse = Move(
    name: "the source moved to another organisation", old: .index("old", "amd64:a"), new: .index("new", "amd64:x"),
    oldDetail: .with("abcd", source: "https://github.com/acme-old/app", revision: "1"),
    newDetail: .with("abcy", source: acme, revision: "1"))

  static let honest = arrivals + flips + rewritten + lastSteps + rebuilds + corrections + signedAgain + silent + [joined, movedHouse]

  private static let acme = "https://github.com/acme/app"
  private static let official = ImageOrigin(
    revision: "93b1dd6bb4a7cf2d8a2ba0c3d1ce3e7d1b9f2f0e",
    source: "https://github.com/docker-library/python.git#93b1dd6bb4a7cf2d8a2ba0c3d1ce3e7d1b9f2f0e:3.12/slim-bookworm", version: "3.12.4")

  @Test func `honest moves are no errors, and most of them no more than a note`() async throws {
    var severities: [Severity] = []
    for move in Self.honest { severities.append(try await move.verdict().severity) }
    #expect(severities.count >= 40)
    #expect(severities.count { $0 < .error } * 100 >= severities.count * 95, "\(severities)")
    #expect(severities.count { $0 == .note } * 3 >= severities.count * 2, "\(severities.count { $0 == .note }) of \(severities.count)")
  }

  @Test(arguments: [
    (rebuilds, Rule.rebuilt), (corrections, .reReleased), (arrivals + flips + rewritten, .republished), (lastSteps + signedAgain, .rebuilt),
  ])
  func `each habit is named for what it is`(_ moves: [Move], _ rule: Rule) async throws {
    for move in moves { #expect(try await move.verdict().rule == rule, "\(move.name)") }
  }

  // MARK: Attacks

  static let attacks: [Move] = [
    Move(
      name: "one platform in the place of all, the labels kept (KICS, 2026-04-22)", old: .index("old", "amd64:a arm64:b"),
      new: .index("new", "amd64:x"), oldDetail: .with("abcd", source: acme, revision: "1", version: "1.2.3"),
      newDetail: .with("abcx", source: acme, revision: "1", version: "1.2.3")),
    Move(
      name: "a manifest in the place of an index", old: .index("old", "amd64:a arm64:b"), new: .manifest("x"),
      oldDetail: .with("abcd", source: acme), newDetail: .with("abcx", source: acme)),
    Move(
      name: "the publisher's signature is lost (Trivy, 2026-03-19)", old: .index("old", "amd64:a arm64:b"),
      new: .index("new", "amd64:x arm64:y"), oldDetail: .with("abcd", source: acme, revision: "1"),
      newDetail: .with("abcx", source: acme, revision: "1"), oldAttachments: [.signature]),
    Move(
      name: "signed again, by the workflow of another repository", old: .index("old", "amd64:a arm64:b"),
      new: .index("new", "amd64:x arm64:y"), oldDetail: .with("abcd", source: acme, revision: "1"),
      newDetail: .with("abcx", source: acme, revision: "1"), oldAttachments: [.signature], newAttachments: [.signature],
      oldSigners: [Signer(acme)], newSigners: [Signer("https://github.com/evil/app")]),
    Move(
      name: "BuildKit's provenance is lost", old: .index("old", "amd64:a", attested: true), new: .index("new", "amd64:x"),
      oldDetail: .with("abcd", source: acme, revision: "1"), newDetail: .with("abcx", source: acme, revision: "1")),
    Move(
      name: "another program starts", old: .index("old", "amd64:a"), new: .index("new", "amd64:x"),
      oldDetail: .with("abcd", source: acme, revision: "1"),
      newDetail: .with("abcdx", source: acme, revision: "1", entrypoint: "/tmp/.x/sh")),
    Move(
      name: "root in the place of a user", old: .index("old", "amd64:a"), new: .index("new", "amd64:x"),
      oldDetail: .with("abcd", source: acme, revision: "1", user: "nonroot"),
      newDetail: .with("abcdx", source: acme, revision: "1", user: "root")),
    Move(
      name: "built elsewhere, without labels", old: .index("old", "amd64:a"), new: .index("new", "amd64:x"),
      oldDetail: .with("abcd", source: acme, revision: "1"), newDetail: .with("wxyz")),
  ]

  @Test(arguments: attacks) func `an attack is an error`(_ attack: Move) async throws {
    let verdict = try await attack.verdict()
    #expect(verdict.rule == .mutant)
    #expect(verdict.severity == .error)
  }

  /// Who overwrites a tag can copy all labels, start the same program and keep the base: nothing but a signature, which cannot be copied,
  /// tells that from a rebuild.
  @Test func `an attack that copies everything but the signature is told by the signature alone`() async throws {
    var attack = Move(
      name: "a changed program under the old name", old: .index("old", "amd64:a"), new: .index("new", "amd64:x"),
      oldDetail: .with("abcd", source: Self.acme, revision: "1", version: "1.2.3"),
      newDetail: .with("abcx", source: Self.acme, revision: "1", version: "1.2.3"))
    #expect(try await attack.verdict().rule == .rebuilt)
    attack.oldAttachments = [.signature]
    #expect(try await attack.verdict().rule == .mutant)
  }
}
