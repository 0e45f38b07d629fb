import Configuration
import Dialects
import Distribution
import Pinning
import References
import Rules
import Synchronization
import Testing

@testable import Verifying

/// A year of daily updates with a minimum age, against registries whose tags are rebuilt each night, each week, or never.
@Suite struct SimulatedYearTests {
  private static let limit = 3 * World.day

  @Test func `in a year nothing younger than the limit is taken, and nothing waits two days longer`() async throws {
    let world = World()
    let names = (0..<World.tagCount).map { "  s\($0): {image: '\(world.name($0)):1.0.0'}\n" }
    var text = Array(("services:\n" + names.joined()).utf8)
    var ledger = Ledger()
    var pins: [Int] = []
    var updates = 0
    var faults: [String] = []
    for day in 0..<365 {
      await Task.yield()
      world.now = world.timeOfRun(day)
      let report = try await run(day == 0 ? .pin : .update, on: text, ledger, world)
      ledger.formUnion(
        Ledger(
          report.resolved.compactMap { reference, content in
            ObservedName(reference).map { Observation(time: world.now, name: $0, content: content) }
          }))
      let file = try #require(report.files.first)
      text = file.change?.bytes ?? text
      let before = pins
      pins = try await run(.list, on: text, ledger, world).files[0].sites.map { try world.build(of: try #require($0.site.image?.digest)) }
      for (tag, build) in pins.enumerated() {
        world.note(seen: tag)
        guard day > 0 else { continue }
        if build != before[tag] {
          updates += 1
          if build <= before[tag] { faults.append("day \(day): a step back of \(tag)") }
          if world.pushed(tag, build) > world.now - Self.limit { faults.append("day \(day): an update of \(tag) that is too young") }
        }
        let due = world.newestSeen(of: tag, until: world.now - Self.limit - 2 * World.day)
        if build < due { faults.append("day \(day): \(tag) was held too long: \(build), not \(due)") }
      }
    }
    #expect(faults.isEmpty)
    // A third of the tags moves each day, but where the bot was earlier than three days before; a third moves each week.
    #expect(updates > 5_000)
  }

  private func run(_ command: Report.Command, on text: [UInt8], _ ledger: Ledger, _ world: World) async throws -> Report {
    let scan = Scan(options: DialectOptions(), sitePaths: { _ in [] }) { file in
      file.path == "compose.yaml" ? .success(text) : .failure(.missing(file.path))
    }
    let scanned = try #require(scan.scan(SourceFile(path: "compose.yaml", absolutePath: "/compose.yaml")))
    var options = RunOptions(command)
    options.isDryRun = true
    options.minimumAge = Age("3d")
    let ages = AgeGate(ledger, clocks: world, images: world, now: world.now)
    return await Run(options, resolver: world, moves: MoveGate(VerifyOptions(), asking: world, ages: ages)).plan(on: [scanned])
  }
}

/// Fifty tags of five registries. One of them has no clock; all say of each image that it was made in 2020, and delete what no tag has
/// named for a month.
private final class World: DigestResolving, ClockAsking, ContentAsking {
  static let day: Int64 = 86_400
  static let tagCount = 50
  private static let start: Int64 = 20_000 * day
  private let state = Mutex(State())

  private struct State {
    var now: Int64 = 0
    /// For each tag when which of its builds was first what it named, in a run.
    var seen: [Int: [(time: Int64, build: Int)]] = [:]
  }

  var now: Int64 {
    get { state.withLock { $0.now } }
    set { state.withLock { $0.now = newValue } }
  }

  /// Between four and seven in the morning; bots are late at times.
  func timeOfRun(_ day: Int) -> Int64 { Self.start + Int64(day) * Self.day + 14_400 + Int64(day * 7_919 % 10_800) }

  func name(_ tag: Int) -> String { "registry\(tag % 5).test/team/app\(tag)" }

  /// Days between two builds; nil where there is but one.
  private func interval(_ tag: Int) -> Int64? { [1, 7, nil][tag % 3] }

  func pushed(_ tag: Int, _ build: Int) -> Int64 {
    Self.start - 30 * Self.day + Int64(build) * (interval(tag) ?? 0) * Self.day + Int64(tag * 1_009 % 86_400)
  }

  private func newest(_ tag: Int) -> Int {
    guard let interval = interval(tag) else { return 0 }
    return Int((now - pushed(tag, 0)) / (interval * Self.day))
  }

  private func digest(_ tag: Int, _ build: Int) -> Digest? {
    let digits = String(1_000_000 + tag * 10_000 + build)
    return Digest(.sha256, hex: digits + String(repeating: "a", count: 64 - digits.utf8.count))
  }

  private func parts(_ digest: Digest) -> (tag: Int, build: Int) {
    let number = (Int(digest.hex.prefix(7)) ?? 0) - 1_000_000
    return (number / 10_000, number % 10_000)
  }

  func build(of digest: Digest) throws -> Int { parts(digest).build }

  func note(seen tag: Int) {
    let build = newest(tag)
    state.withLock { state in
      if state.seen[tag]?.last?.build != build { state.seen[tag, default: []].append((state.now, build)) }
    }
  }

  func newestSeen(of tag: Int, until time: Int64) -> Int {
    state.withLock { $0.seen[tag]?.last { $0.time <= time }?.build ?? 0 }
  }

  private func tag(of image: ImageReference) -> Int { Int(image.name.repository.drop { !$0.isNumber }) ?? 0 }

  func digest(of reference: ImageReference, platform: Platform?) async throws(SiteFailure) -> Digest {
    let tag = tag(of: reference)
    guard let digest = digest(tag, newest(tag)) else { throw .unresolved("no such tag", isAbsence: true) }
    return digest
  }

  func clock(of reference: Reference, for content: ReferenceContent) async -> ClockAnswer? {
    guard case .image(let image) = reference, case .digest(let digest) = content, !image.name.registry.hasPrefix("registry0") else {
      return nil
    }
    return ClockAnswer(source: image.name.registry, since: pushed(parts(digest).tag, parts(digest).build))
  }

  func currentDigest(of reference: ImageReference) async throws(SiteFailure) -> Digest {
    guard let digest = reference.digest else { throw .unresolved("asked by its tag", isAbsence: false) }
    let (tag, build) = parts(digest)
    guard build == newest(tag) || pushed(tag, build + 1) > now - 30 * Self.day else { throw .unresolved("deleted", isAbsence: true) }
    return digest
  }

  /// An image's `created` is 2020 for each of them: who believed it would take all at once.
  func detail(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageDetail {
    var detail = ImageDetail.with()
    detail.origin.created = "2020-01-01T00:00:00Z"
    return detail
  }
  func content(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageContent {
    ImageContent(digest: digest, isIndex: false, images: [PlatformImage(digest: digest)])
  }
  func attachments(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> Attachments { Attachments() }
  func tags(of name: ImageReference) async throws(SiteFailure) -> [String] { [] }
}
