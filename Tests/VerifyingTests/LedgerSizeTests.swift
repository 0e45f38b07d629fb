import Foundation
import References
import Testing

@testable import Verifying

/// What a ledger under a reference costs a repository. 10,000 tags that are looked at daily are to stay below 5 MB for years.
@Suite(.timeLimit(.minutes(30))) struct LedgerSizeTests {
  private static let day: Int64 = 86_400
  private static let start: Int64 = 1_767_247_200  // 1 January 2026, six o'clock
  private static let days = 3 * 365

  /// The same numbers each time (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>).
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64 = 5
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var number = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
      return number ^ (number >> 31)
    }
  }

  /// Of ten tags one moves each four weeks; the others now and then.
  private func observations(tagCount: Int) throws -> Ledger {
    var numbers = Numbers()
    var ledger = Ledger()
    for tag in 0..<tagCount {
      let image = tag % (tagCount / 5)
      let name = try #require(ObservedName("docker.io/team\(image % 200)/image\(image):1.\(tag).\(tag % 31)"))
      var day: Int64 = 0
      while day < Self.days {
        let hex = (0..<4).map { _ in
          let text = String(numbers.next(), radix: 16)
          return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        let digest = try #require(Digest(.sha256, hex: hex.joined()))
        ledger.note(Observation(time: Self.start + day * Self.day, name: name, content: .digest(digest)))
        day += tag % 10 == 0 ? (day == 0 ? Int64(tag / 10 % 28) + 1 : 28) : Int64.random(in: 1...12_000, using: &numbers)
      }
    }
    return ledger
  }

  /// What git reads to make the commits of each day: the files of the ledger as far as they were then.
  private func stream(_ ledger: Ledger) -> [UInt8] {
    var stream: [UInt8] = []
    for (month, part) in ledger.byMonth.sorted(by: { $0.key < $1.key }) {
      var text: [UInt8] = []
      var lines = part.observations[...]
      while let time = lines.first?.time {
        while let line = lines.first, line.time == time { text += Array((lines.removeFirst().line + "\n").utf8) }
        stream += Array("commit refs/tagpin/seen\ncommitter t <t@t.test> \(time) +0000\ndata 5\nseen\n\n".utf8)
        stream += Array("M 100644 inline \(month).jsonl\ndata \(text.count)\n".utf8) + text + [UInt8(ascii: "\n")]
      }
    }
    return stream
  }

  @Test func `a tenth of that takes less than a tenth of it in three years`() throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("tagpin-ledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let ledger = try observations(tagCount: 1_000)
    #expect(ledger.observations.count > 4_900)
    try Data(stream(ledger)).write(to: directory.appendingPathComponent("stream"))
    // With several threads the size depends on which of them packs what: on how busy the machine is.
    let script = "git init -q --bare . && git fast-import --quiet < stream && git -c pack.threads=1 repack -adfq"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = directory
    process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": directory.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let packs = try FileManager.default.contentsOfDirectory(atPath: "\(directory.path)/objects/pack").filter { $0.hasSuffix(".pack") }
    let sizes = try packs.compactMap {
      try FileManager.default.attributesOfItem(atPath: "\(directory.path)/objects/pack/\($0)")[.size] as? Int
    }
    #expect(sizes.count == 1 && sizes[0] < 500_000, "\(sizes)")
  }
}
