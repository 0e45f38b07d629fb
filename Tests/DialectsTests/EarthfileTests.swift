import Dialects
import Documents
import SourceText
import Testing

@Suite struct EarthfileTests {
  private func sites(_ text: String) throws -> [String] {
    try #require(Dialects.named("earthfile")).findings(in: SourceText(text)).sites.map { "\($0.place) \($0.text)" }
  }

  @Test(arguments: [
    ("FROM alpine:3.20\r\n", ["FROM alpine:3.20"]), ("FROM alpine:3.20 # x", ["FROM alpine:3.20"]),
    ("\tFROM 'alpine:3.20'", ["FROM alpine:3.20"]),
    ("FROM \\\n\n # x\n  alpine:3.20\n", ["FROM alpine:3.20"]), ("FROM --platform=x \\\r\n alpine:3.20", ["FROM alpine:3.20"]),
    ("RUN x \\\nFROM a:1\nFROM b:1", ["FROM b:1"]), ("RUN 'a\nFROM a:1'\nFROM b:1", ["FROM b:1"]),
    ("RUN \"a\\\"\nFROM a:1\"\nFROM b:1", ["FROM b:1"]),
    ("# FROM a:1\nFROM b:1", ["FROM b:1"]), ("RUN echo $(cat \"a b\")\nFROM b:1", ["FROM b:1"]), ("FROM a$(echo b)", ["FROM a$(echo b)"]),
    ("ARG X = a:1\nFROM $X", ["FROM $X"]), ("ARG X=a:1\nFROM ${X}\nFROM $X", ["ARG X a:1"]), ("FROM a#b", ["FROM a#b"]), ("FROM", []),
    ("\\", []),
    ("WITH DOCKER --pull a:1 \\\n --pull=b:1\nEND", ["WITH DOCKER --pull a:1", "WITH DOCKER --pull b:1"]), ("WITH DOCKER --pull", []),
    ("fromage:\n  FROM a:1", ["FROM a:1"]), ("FROM DOCKERFILE a:1", []), ("FROM +a", []),
    ("VERSION \\ #don't\n 0.8\nFROM a:1", ["FROM a:1"]), ("BUILD --x=./a+b", []), ("\u{FEFF}FROM a:1", ["FROM a:1"]),
  ]) func `commands are found as Earthly's lexer finds them`(_ text: String, _ expected: [String]) throws {
    #expect(try sites(text) == expected)
  }

  @Test func `a quote that is not closed is an error`() {
    #expect(throws: DocumentError(byteOffset: 13, problem: "the quote is not closed")) { try sites("FROM a:1\nRUN 'x\nFROM b:1\n") }
  }

  @Test func `nothing is written behind a command that goes on`() throws {
    let findings = try #require(Dialects.named("earthfile")).findings(in: SourceText("FROM a:1 \\\n  --x\nFROM b:1\n"))
    #expect(findings.sites.map { $0.commentPlace == .none } == [true, false])
  }
}
