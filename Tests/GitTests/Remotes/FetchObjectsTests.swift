import HTTP
import Testing

@testable import Git

@Suite struct FetchObjectsTests {
  @Test func `What is wanted, what is here, and no more rounds`() {
    let request = FetchObjects.request(["a1", "b2"], present: ["c3"], objectFormat: "sha1", agent: "t/1")
    #expect(
      String(decoding: request, as: UTF8.self) == """
        0012command=fetch
        000eagent=t/1
        0017object-format=sha1
        0001000eofs-delta
        0010no-progress
        000cwant a1
        000cwant b2
        000chave c3
        0009done
        0000
        """)
  }

  @Test func `What is left out stands before what is wanted`() {
    let request = FetchObjects.request(["a1"], filter: "tree:0", objectFormat: nil, agent: "t/1")
    #expect(
      String(decoding: request, as: UTF8.self) == """
        0012command=fetch
        000eagent=t/1
        0001000eofs-delta
        0010no-progress
        0012filter tree:0
        000cwant a1
        0009done
        0000
        """)
  }

  @Test func `Before protocol v2 only what was announced is asked for`() {
    let abilities = UploadAbilities(names: ["multi_ack", "side-band-64k", "ofs-delta", "filter"])
    let request = FetchObjects.request(["a1", "b2"], present: ["c3"], filter: "tree:0", abilities: abilities, agent: "t/1")
    #expect(
      String(decoding: request, as: UTF8.self) == """
        002bwant a1 side-band-64k ofs-delta filter
        000cwant b2
        0012filter tree:0
        0000000chave c3
        0009done

        """)
  }

  @Test(arguments: [
    (["NAK\n", "\u{1}PA", "\u{2}Counting\n", "\u{1}CK\n", "0000"], "PACK\n"), (["ACK c3\n", "\u{1}PACK", "0000"], "PACK"),
  ])
  func `Before protocol v2 one line stands before the pack`(lines: [String], pack: String) throws {
    #expect(try FetchObjects.packOfV0(in: answer(lines)) == Array(pack.utf8))
  }

  @Test(arguments: [
    ([], ListingError.truncated), (["NAK\n"], .truncated), (["0000"], .unexpectedLine("0000")),
    (["ERR upload-pack: not our ref\n"], .refused("upload-pack: not our ref")),
    (["NAK\n", "\u{3}out of memory\n", "0000"], .refused("out of memory")),
    (["\u{1}PACK", "0000"], .unexpectedLine(ServerText.shown("\u{1}PACK") ?? "")),
  ])
  func `Before protocol v2 anything else is an error, too`(lines: [String], error: ListingError) {
    #expect(throws: error) { try FetchObjects.packOfV0(in: answer(lines)) }
  }

  private func answer(_ lines: [String]) -> [UInt8] {
    lines.flatMap { line in
      if line.hasPrefix("000") { return Array(line.utf8) }
      let length = String(line.utf8.count + 4, radix: 16)
      return Array((String(repeating: "0", count: 4 - length.utf8.count) + length + line).utf8)
    }
  }

  @Test(arguments: [
    (["packfile\n", "\u{1}PA", "\u{2}Counting\n", "\u{1}CK\n", "0000"], "PACK\n"),
    (["acknowledgments\n", "NAK\n", "0001", "packfile\n", "\u{1}PACK", "0000"], "PACK"),
    (["packfile\n", "0000"], ""),
  ])
  func `The pack is put together from the first band`(lines: [String], pack: String) throws {
    #expect(try FetchObjects.pack(in: answer(lines)) == Array(pack.utf8))
  }

  @Test(arguments: [
    ([], ListingError.truncated),
    (["packfile\n", "\u{1}PACK"], .truncated),
    (["acknowledgments\n", "NAK\n", "0000"], .truncated),
    (["packfile\n", "\u{3}out of memory\n", "0000"], .refused("out of memory")),
    (["ERR upload-pack: not our ref\n"], .refused("upload-pack: not our ref")),
    (["packfile\n", "\u{7}x", "0000"], .unexpectedLine(ServerText.shown("\u{7}x") ?? "")),
    (["shallow-info\n", "shallow 00\n", "0001", "packfile\n", "0000"], .shallowServer),
    (["<html>", "0000"], .truncated),
  ])
  func `Anything else is an error`(lines: [String], error: ListingError) {
    #expect(throws: error) { try FetchObjects.pack(in: answer(lines)) }
  }
}
