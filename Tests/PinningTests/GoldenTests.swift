import Dialects
import Documents
import Foundation
import Pinning
import References
import Rules
import SourceText
import Testing

@Suite struct GoldenTests {
  @Test func `every folder of fixtures is a dialect, every case has an input, and says why it is there`() throws {
    for folder in try Self.names(in: Golden.directory) where folder != "README.md" {
      #expect(Dialects.named(folder) != nil, "\(folder) is no dialect")
      let cases = try Self.names(in: Golden.directory.appending(path: folder))
      #expect(!cases.isEmpty, "\(folder) has no case")
      for name in cases {
        let files = try Self.names(in: Golden.directory.appending(path: folder).appending(path: name))
        #expect(files.contains { $0.hasPrefix("input") }, "\(folder)/\(name) has no input")
        let directory = Golden.directory.appending(path: folder).appending(path: name)
        let inputs = try files.filter { $0.hasPrefix("input") }.map {
          try String(contentsOf: directory.appending(path: $0), encoding: .utf8)
        }
        let saysWhy = files.contains("why.txt") || !name.hasPrefix("odd") && inputs.contains(where: Self.hasSentence)
        #expect(saysWhy, "\(folder)/\(name) does not say why it is there: neither a comment of its input nor why.txt does")
      }
    }
  }

  /// Whether a comment has a line to itself and five words.
  private static func hasSentence(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).contains { line in
      let line = line.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
      guard let mark = ["#", "//", ";", "<!--", "{{/*", "{#", "\"\"\"", "*"].first(where: line.hasPrefix) else { return false }
      return line.dropFirst(mark.count).split(separator: " ").count { $0.contains(where: \.isLetter) } >= 5
    }
  }

  private static func names(in directory: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
  }

  @Test func `every dialect has a fixture`() {
    let covered = Set(Golden.all.map(\.dialect.name))
    #expect(Set(Dialects.all.map(\.name)).subtracting(covered) == [])
  }

  /// `Tests/record.sh DIALECT…` asks for it: what differs is written beside the golden file, as `*.new`.
  @Test(arguments: Golden.toRecord) func `recording writes what differs beside the golden files`(_ golden: Golden) async throws {
    let input = try golden.bytes()
    let report = try #require(await golden.run(.pin, on: input))
    let own = await golden.ownImages(in: input)
    for (file, bytes) in [
      (golden.expected, report.change?.bytes ?? input), (golden.sites, Array(report.listing.utf8)), (golden.own, Array(own.utf8)),
    ] {
      let old = try? Data(contentsOf: file)
      if bytes != Array(old ?? Data()) || old == nil && file != golden.own { try Data(bytes).write(to: file.appendingPathExtension("new")) }
    }
  }

  @Test(arguments: Golden.all) func `pin writes what is expected`(_ golden: Golden) async throws {
    let input = try golden.bytes()
    let report = try #require(await golden.run(.pin, on: input))
    let output = report.change?.bytes ?? input
    let expected = try Array(Data(contentsOf: golden.expected))
    #expect(output == expected, "\(String(decoding: output, as: UTF8.self))")
    let sites = try String(decoding: Data(contentsOf: golden.sites), as: UTF8.self)
    #expect(report.listing == sites)
    let own = (try? Data(contentsOf: golden.own)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    #expect(await golden.ownImages(in: input) == own)
  }

  @Test(arguments: Golden.all) func `pin twice is pin once`(_ golden: Golden) async throws {
    for form in [nil, PinForm.digest] {
      let once = try #require(await golden.run(.pin, on: golden.bytes(), form: form)).change?.bytes ?? golden.bytes()
      let twice = try #require(await golden.run(.pin, on: once, form: form))
      #expect(twice.change == nil, "\(twice.listing)")
      let updated = try #require(await golden.run(.update, on: once, form: form))
      #expect(
        updated.sites.allSatisfy {
          $0.state.code != "changed" || $0.site.image?.digest == nil && $0.site.action?.commit == nil || golden.isForeign($0)
        }, "\(updated.listing)")
    }
  }

  /// Pins that a fixture came with are gone afterwards, and an implied `latest` is written out; a comment beside an action that named its
  /// version is gone, and a commit stays whose tag no comment could record: the input is compared with all of these taken account of.
  @Test(arguments: Golden.all) func `unpin after pin is the input`(_ golden: Golden) async throws {
    for form in [nil, PinForm.digest] {
      let input = try golden.bytes()
      let plain = try #require(await golden.run(.unpin, on: input)).change?.bytes ?? input
      let pinned = try #require(await golden.run(.pin, on: plain, form: form))
      let pinnedBytes = pinned.change?.bytes ?? plain
      let back = try #require(await golden.run(.unpin, on: pinnedBytes)).change?.bytes ?? pinnedBytes
      let changed = pinned.sites.filter { $0.state.code == "changed" }
      let expected = try SourceText(plain).applying(
        changed.flatMap { report -> [Splice] in
          let site = report.site
          if let image = site.image {
            return image.tag == nil ? [Splice(site.range.upperBound..<site.range.upperBound, with: ":latest")] : []
          }
          let isLost = report.notes.contains { $0.rule.id == "tag-not-recorded" }
          return isLost ? [golden.commitSplice(report)].compactMap(\.self) : site.tagComment.map { [Splice($0.removal, with: "")] } ?? []
        })
      #expect(back == expected, "\(String(decoding: back, as: UTF8.self))")
    }
  }

  @Test(arguments: Golden.all) func `bytes outside the splices are equal`(_ golden: Golden) async throws {
    let input = try golden.bytes()
    let report = try #require(await golden.run(.pin, on: input))
    guard let change = report.change else { return }
    var rest = change.bytes[...]
    var position = 0
    var splices: [Splice] = []
    for site in report.sites {
      guard case .changed(let new) = site.state else { continue }
      let text = new.text
      if let action = site.site.action {
        splices.append(try #require(golden.commitSplice(site)))
        if let comment = site.site.tagComment {
          splices += comment.splice(naming: action.ref).map { [$0] } ?? []
        } else if case .commit(let kind) = site.site.form {
          splices += TagComment.splices(recording: action.ref, as: kind, at: site.site.commentPlace) ?? []
        }
        continue
      }
      let range = site.site.digestKey?.range ?? site.site.range
      let reference = try ImageReference(parsing: text)
      let digest = try #require(reference.digest)
      splices.append(Splice(range, with: site.site.digestKey.map { $0.written(digest) } ?? text))
      guard reference.tag == nil, let tag = site.site.image?.effectiveTag else { continue }
      splices += try #require(TagComment.splices(recording: tag, at: site.site.commentPlace))
    }
    for splice in splices.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let kept = input[position..<splice.range.lowerBound]
      #expect(rest.starts(with: kept))
      rest = rest.dropFirst(kept.count)
      #expect(rest.starts(with: splice.replacement))
      rest = rest.dropFirst(splice.replacement.count)
      position = splice.range.upperBound
    }
    #expect(Array(rest) == Array(input[position...]))
  }

  /// CRLF for LF, a byte order mark, no final newline, a comment with other scripts in front: the same references, changed in the same way.
  @Test(arguments: Golden.all, Variant.allCases) func `variants of a fixture are pinned alike`(_ golden: Golden, _ variant: Variant)
    async throws
  {
    let text = SourceText(try golden.bytes())
    guard variant.applies(to: golden.dialect.syntax(of: text, at: golden.input.lastPathComponent)) else { return }
    let input = variant.apply(text.bytes)
    let expected = variant.apply(try Array(Data(contentsOf: golden.expected)))
    let report = try #require(await golden.run(.pin, on: input))
    #expect((report.change?.bytes ?? input) == expected, "\(String(decoding: report.change?.bytes ?? input, as: UTF8.self))")
  }

  enum Variant: String, CaseIterable, Sendable {
    case carriageReturns, byteOrderMark, noFinalNewline, otherScripts

    func applies(to syntax: Syntax) -> Bool { self != .otherScripts || [.yaml, .hcl, .shell, .makefile].contains(syntax) }

    func apply(_ bytes: [UInt8]) -> [UInt8] {
      switch self {
      case .carriageReturns: bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
      case .byteOrderMark: [0xEF, 0xBB, 0xBF] + bytes
      case .noFinalNewline: bytes.last == 0x0A ? Array(bytes.dropLast()) : bytes
      case .otherScripts: Array("# größer, 漢字, 😀\n".utf8) + bytes
      }
    }
  }
}

extension Golden {
  /// A pin that the fixture came with: its digest is none of the fixture resolver's.
  func isForeign(_ report: SiteReport) -> Bool {
    (report.site.image?.digest?.hex ?? report.site.action?.commit?.hex).map { Set($0).count == 1 } ?? false
  }

  /// What becomes of the ref of an action that was changed to a commit.
  func commitSplice(_ report: SiteReport) -> Splice? {
    guard let action = report.site.action, case .changed(let new) = report.state else { return nil }
    let text = new.text
    let end = report.site.range.upperBound
    return Splice((end - action.ref.utf8.count)..<end, with: String(text.dropFirst(action.writtenName.count + 1)))
  }
}
