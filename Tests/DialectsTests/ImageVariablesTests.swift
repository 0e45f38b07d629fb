import Dialects
import References
import Rules
import SourceText
import Testing

/// Variables of scripts and Makefiles that hold an image as a whole.
@Suite struct ImageVariablesTests {
  private static let digest = "sha256:\(String(repeating: "0", count: 64))"

  /// What is found for variables: the text, and whether a digest may be added.
  private func found(_ text: String, _ dialect: String = "shell") throws -> [String] {
    try #require(Dialects.named(dialect)).findings(in: SourceText(text)).sites.compactMap { site in
      guard site.isInScript, site.image != nil, !site.place.description.contains(" ") else { return nil }
      return site.text + (site.isLikely ? " likely" : "") + (site.unwritten == nil ? "" : " left")
    }
  }

  @Test(arguments: [
    "A=a:1\ndocker run $A", "A='a:1'; docker run \"$A\"", "A=\"a:1\"\npodman pull ${A}", "readonly A=a:1\ndocker run $A x",
    "f() { local A=a:1; docker run $A; }", "declare -r A=a:1 && docker create $A", "A=\"${A:-a:1}\"\ndocker run $A",
    "A=${1:-a:1}\ndocker run $A", "if x; then A=a:1; fi\ndocker run $A", "# A is what runs\nA=a:1 # A\ndocker run $A",
    "A=a:1\r\ndocker run $A\r\n",
    "\u{FEFF}A=a:1\ndocker run $A", "A=a:1\nsh -c \"docker run $A\"", "B=x A=a:1\ndocker run $A", "A=a:1 B=$C\nx=$(docker run $A)",
  ]) func `one that is run is an image`(_ text: String) throws {
    #expect(try found(text) == ["a:1"])
    #expect(try found(text.replacing("a:1", with: "a:1@\(Self.digest)")) == ["a:1@\(Self.digest)"])
  }

  @Test(arguments: [
    "A=a:1\ndocker run $A-x; docker run $A", "A=a:1\necho $A\ndocker run $A", "A=a:1\ndocker run $A && docker push $A",
    "export A=a:1\ndocker run $A", "A=a:1 make\ndocker run $A", "A=a:1\nexport A\ndocker run $A", "declare -x A=a:1\ndocker run $A",
    "set -a\nA=a:1\ndocker run $A", "set -o allexport; A=a:1; docker run $A", "A=a:1\ndocker run $A\ncat <<EOF\n$A\nEOF",
    "A=a:1\n[ $A = a:1 ] && docker run $A", "A=a:1\nA+=-x\ndocker run $A", "A=a:1\ndocker build --build-arg A . && docker run $A",
    "A=a:1\nssh host docker run $A; docker run $A", "A=a:1\ndocker run ${A%:*}; docker run $A", "A=a:1\nB=$A\ndocker run $A",
  ]) func `what uses it in another way keeps a digest away, but not one that is there`(_ text: String) throws {
    #expect(try found(text) == ["a:1 left"])
    #expect(try found(text.replacing("a:1", with: "a:1@\(Self.digest)")).first == "a:1@\(Self.digest)")
  }

  @Test(arguments: [
    ("IMAGE=q.test/a:1", "q.test/a:1 likely left"), ("BASE_IMAGE=a:1", "a:1 likely left"), ("base_image=a:1", "a:1 likely left"),
    ("IMAGE=a@\(digest)", "a@\(digest)"), ("IMAGE=a:1@\(digest)\necho $IMAGE", "a:1@\(digest)"),
  ]) func `one that is only called so may be an image`(_ text: String, _ expected: String) throws {
    #expect(try found(text) == [expected])
  }

  @Test(arguments: [
    "A=a:1", "A=a:1\necho $A", "IMAGE=logo.png", "IMAGE=busybox", "IMAGE=x:8080", "IMAGE=$B:1", "IMAGE=$(cat x)", "IMAGE=\"a:1 b:2\"",
    "IMAGE=https://a.test/b:1", "IMAGE=BASE:1", "IMAGES=(a:1 b:2)", "IMAGE_TAG=a:1", "IMAGE=a:1:2", "A=a\ndocker run $A",
    "A=@\(digest)\nIMAGE=a$A", "echo IMAGE=a:1", "cat <<EOF\nIMAGE=a:1\nEOF", "# IMAGE=a:1", "#!/usr/bin/env python3\nIMAGE = 'a:1'",
    "docker run -e IMAGE=a:1 $B", "IMAGE=a:\"1 2\"", "IMAGE=\"a:1", "IMAGE=sha256:\(String(repeating: "0", count: 64))",
  ]) func `nothing else`(_ text: String) throws { #expect(try found(text) == []) }

  @Test(
    arguments: [
      ("A = a:1\nx:\n\tdocker run $(A)\n", ["a:1"]), ("A ?= a:1# c\nx:\n\t@docker pull ${A}\n", ["a:1"]),
      ("A := a:1\nB = docker run $(A)\n", ["a:1"]), ("  override A ::= a:1\nx:\n\tdocker run $(A)\n", ["a:1"]),
      ("# A\nA = a:1\r\nx:\r\n\tdocker run $(A)\r\n", ["a:1"]), ("A = a:1\nx:\n\tdocker run $(shell echo) $(A)\n", []),
      ("export A = a:1\nx:\n\tdocker run $(A)\n", ["a:1 left"]), ("A = a:1\nx:\n\tdocker run $(A) && docker push $(A)\n", ["a:1 left"]),
      ("A = a:1\nB = $(A)\nx:\n\tdocker run $(A)\n", ["a:1 left"]), ("A = a:1\nx:\n\tdocker run $$A $(A)\n", []),
      ("ifndef A\nA = a:1\nendif\nx:\n\tdocker run $(A)\n", ["a:1 left"]), ("IMAGE = a:1\n", ["a:1 likely left"]),
      ("IMAGE ?= a:1@\(digest)\n", ["a:1@\(digest)"]), ("IMAGE = \"a:1\"\n", []), ("IMAGE += a:1\n", []), ("IMAGE != cat a:1\n", []),
      ("IMAGE = $(B)/a:1\n", []), ("x: IMAGE = a:1\n", []), ("\tIMAGE = a:1\n", []), ("define IMAGE\na:1\nendef\n", []),
      ("#IMAGE = a:1\n", []),
      ("IMAGE = a:1 \\\n  b:2\n", []), ("IMAGE == a:1\n", []),
    ] as [(String, [String])]) func `variables of make`(_ text: String, _ expected: [String]) throws
  {
    #expect(try found(text, "makefile") == expected)
  }

  @Test func `a script of very many variables is read in one pass`() throws {
    let lines = (0..<20_000).map { "IMAGE=a:\($0)\ndocker run $IMAGE\n" }.joined()
    #expect(try found(lines).count == 20_000)
  }
}
