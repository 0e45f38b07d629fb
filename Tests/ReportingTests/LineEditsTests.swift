import Pinning
import SourceText
import Testing

@testable import Reporting

@Suite struct LineEditsTests {
  private static func edits(_ change: FileReport.Change) -> LineEdits {
    LineEdits(change.original.bytes, change.bytes, change.splices)
  }

  @Test func `the edits make the new lines of the old ones, each as short as it can be, and no two of them touch`() async {
    var random = SplitMix(seed: 7)
    for round in 0..<3000 {
      await Task.yield()
      let letters: [UInt8] = [0x0A, 0x0A, 0x0D, 0x61, 0x62].prefix(1 + round % 5) + [0x63]
      let old = (0..<Int(random.next() % 60)).map { _ in letters[Int(random.next() % UInt64(letters.count))] }
      var splices: [Splice] = []
      var position = 0
      while position < old.count, random.next() % 4 != 0 {
        let start = position + Int(random.next() % UInt64(old.count - position + 1))
        let end = min(old.count, start + Int(random.next() % 5))
        splices.append(
          Splice(start..<end, with: (0..<Int(random.next() % 5)).map { _ in letters[Int(random.next() % UInt64(letters.count))] }))
        position = end + 1
      }
      guard let new = try? SourceText(old).applying(splices) else { continue }
      let diff = LineEdits(old, new, splices.reversed())
      var made: [ArraySlice<UInt8>] = []
      var (line, previous) = (0, -1)
      for edit in diff.edits {
        #expect(edit.old.lowerBound > previous)
        made += diff.oldLines[line..<edit.old.lowerBound]
        #expect(made.count == edit.new.lowerBound)
        made += diff.newLines[edit.new]
        (line, previous) = (edit.old.upperBound, edit.old.upperBound)
        let (removed, added) = (diff.oldLines[edit.old], diff.newLines[edit.new])
        #expect(removed.isEmpty || added.isEmpty || removed.first != added.first && removed.last != added.last)
      }
      made += diff.oldLines[line...]
      #expect(made == diff.newLines, "\(old) \(splices)")
    }
  }

  @Test func `lines end at LF only`() {
    let diff = Self.edits(.init("a\rb\r\nc", "a\rB\r\nc"))
    #expect(diff.oldLines.count == 2)
    #expect(diff.edits == [.init(old: 0..<1, new: 0..<1)])
  }

  @Test(arguments: [
    // A comment above, the same taken away, a line end that goes, one that comes, and what stands behind the end.
    ("FROM a\n", [Splice(0..<0, with: "# tag=1\n")], [LineEdits.Edit(old: 0..<0, new: 0..<1)]),
    ("# tag=1\nFROM a\n", [Splice(0..<8, with: "")], [.init(old: 0..<1, new: 0..<0)]),
    ("a\nb\nc\n", [Splice(1..<2, with: "")], [.init(old: 0..<2, new: 0..<1)]),
    ("ab\nc\n", [Splice(1..<1, with: "\n")], [.init(old: 0..<1, new: 0..<2)]),
    ("a\n", [Splice(2..<2, with: "b\n")], [.init(old: 1..<1, new: 1..<2)]),
    ("a", [Splice(1..<1, with: "\nb")], [.init(old: 0..<1, new: 0..<2)]),
    ("", [Splice(0..<0, with: "a")], [.init(old: 0..<0, new: 0..<1)]),
    ("a b\nc\n", [Splice(0..<1, with: "x"), Splice(2..<3, with: "y")], [.init(old: 0..<1, new: 0..<1)]),
    ("a\nb\n", [Splice(0..<1, with: "x"), Splice(2..<3, with: "y")], [.init(old: 0..<2, new: 0..<2)]),
    ("a\nb\n", [Splice(0..<1, with: "a")], []),
  ])
  func `whole lines come of splices`(_ old: String, _ splices: [Splice], _ edits: [LineEdits.Edit]) throws {
    let text = SourceText(old)
    #expect(LineEdits(text.bytes, try text.applying(splices), splices).edits == edits)
  }

  @Test func `many like changes in a large file are told apart`() throws {
    let text = SourceText(String(repeating: "- image: nginx:1.25\n  name: x\n", count: 2_000))
    let line = text.bytes.count / 2_000
    let splices = stride(from: 0, to: 2_000, by: 2).map { Splice(($0 * line + 19)..<($0 * line + 19), with: "@sha256:abc") }
    let edits = LineEdits(text.bytes, try text.applying(splices), splices).edits
    #expect(edits.count == 1_000 && edits.allSatisfy { $0.old.count == 1 && $0.new.count == 1 })
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
