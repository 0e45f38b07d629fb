import Testing

@testable import Reporting

@Suite struct LineDiffTests {
  /// Number of lines in a longest common subsequence, by the table.
  static func commonLineCount(_ old: [String], _ new: [String]) -> Int {
    var table = Array(repeating: Array(repeating: 0, count: new.count + 1), count: old.count + 1)
    for i in old.indices {
      for j in new.indices {
        table[i + 1][j + 1] = old[i] == new[j] ? table[i][j] + 1 : max(table[i][j + 1], table[i + 1][j])
      }
    }
    return table[old.count][new.count]
  }

  @Test func `it is as small as can be, and what it leaves is equal on both sides`() {
    var random = SplitMix(seed: 7)
    for round in 0..<3000 {
      let alphabet = 1 + round % 6
      let old = (0..<Int(random.next() % 24)).map { _ in "l\(random.next() % UInt64(alphabet))\n" }
      var new = old.filter { _ in random.next() % 4 != 0 }
      for _ in 0..<(random.next() % 6) {
        new.insert("l\(random.next() % UInt64(alphabet + 1))\n", at: Int(random.next() % UInt64(new.count + 1)))
      }
      let diff = LineDiff(Array(old.joined().utf8), Array(new.joined().utf8))
      let kept = zip(diff.oldLines, diff.isRemoved).filter { !$0.1 }.map { $0.0 }
      #expect(kept == zip(diff.newLines, diff.isAdded).filter { !$0.1 }.map { $0.0 })
      #expect(kept.count == Self.commonLineCount(old, new), "\(old) \(new)")
    }
  }

  @Test func `lines end at LF only`() {
    let diff = LineDiff(Array("a\rb\r\nc".utf8), Array("a\rB\r\nc".utf8))
    #expect(diff.oldLines.count == 2)
    #expect(diff.edits == [.init(old: 0..<1, new: 0..<1)])
  }

  @Test func `many like changes in a large file are told apart`() {
    var old: [UInt8] = []
    var new: [UInt8] = []
    for index in 0..<2_000 {
      let isChanged = index % 2 == 0
      old += "- image: nginx:1.25\n  name: x\n".utf8
      new += (isChanged ? "- image: nginx:1.25@sha256:abc\n  name: x\n" : "- image: nginx:1.25\n  name: x\n").utf8
    }
    let diff = LineDiff(old, new)
    #expect(diff.isRemoved.count(where: { $0 }) == 1_000)
    #expect(diff.isAdded.count(where: { $0 }) == 1_000)
  }
}

/// A small generator with a seed, so that a failure can be had again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
