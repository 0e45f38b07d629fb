import Dialects
import Testing

@Suite struct GlobTests {
  struct Case: CustomTestStringConvertible {
    var pattern: String
    var scope: Glob.Scope
    var matching: [String]
    var others: [String]

    init(_ pattern: String, _ scope: Glob.Scope = .files, matches matching: [String], not others: [String] = []) {
      self.pattern = pattern
      self.scope = scope
      self.matching = matching
      self.others = others
    }

    var testDescription: String { "\(pattern) over \(scope)" }
  }

  @Test(arguments: [
    // Without a slash: a file's name in any directory.
    Case(
      "Dockerfile", matches: ["Dockerfile", "a/Dockerfile", "a/b/Dockerfile"], not: ["Dockerfile.dev", "Dockerfile/a", "xDockerfile"]),
    Case("*.yaml", matches: ["a.yaml", ".yaml", "a/b/.c.yaml"], not: ["a.yml", "a.yaml/b", "ayaml", "yaml"]),
    Case("*", matches: ["a", "a/b", ".a"]),
    Case("Dockerfile.*", matches: ["Dockerfile.", "a/Dockerfile.dev"], not: ["Dockerfile"]),
    Case(
      "compose*.yaml", matches: ["compose.yaml", "a/compose.dev.yaml"], not: ["compose.yml", "docker-compose.yaml", "compose.yamlx"]),
    Case("aba*aba", matches: ["abaaba", "abaxaba"], not: ["aba", "ababa"]),
    // With one: anchored at the root.
    Case("deploy/*.yaml", matches: ["deploy/a.yaml"], not: ["a.yaml", "x/deploy/a.yaml", "deploy/b/a.yaml"]),
    Case("/Dockerfile", matches: ["Dockerfile"], not: ["a/Dockerfile"]),
    Case("./Dockerfile", matches: ["Dockerfile"], not: ["a/Dockerfile"]),
    Case(".github/workflows/*.yml", matches: [".github/workflows/ci.yml"], not: [".github/workflows/a/ci.yml", ".github/ci.yml"]),
    Case("a/b", matches: ["a/b"], not: ["a", "b", "a/b/c", "x/a/b", "a/bc"]),
    Case("*/b", matches: ["a/b"], not: ["b", "a/a/b"]),
    // A slash at the end: what is below.
    Case("deploy/", matches: ["deploy/a", "deploy/a/b", "x/deploy/a"], not: ["deploy", "x/deploy"]),
    Case("/deploy/", matches: ["deploy/a"], not: ["deploy", "x/deploy/a"]),
    Case("test*/", matches: ["test1/a", "x/test/a"], not: ["test1"]),
    // Any number of segments.
    Case("**", matches: ["a", "a/b", "a/b/c"]),
    Case("**/testdata/**", matches: ["testdata/a", "x/testdata/a/b"], not: ["testdata", "x/testdata", "xtestdata/a"]),
    Case("deploy/**", matches: ["deploy/a", "deploy/a/b"], not: ["deploy", "x/deploy/a", "deployx/a"]),
    Case("**/a", matches: ["a", "b/a", "b/c/a"], not: ["a/b", "ba"]),
    Case("/**/a", matches: ["a", "b/a"]),
    Case("a/**/b", matches: ["a/b", "a/x/b", "a/x/y/b", "a/b/b"], not: ["a", "b", "a/x", "x/a/b", "ab"]),
    Case("a/**/**/b", matches: ["a/b", "a/x/y/b"], not: ["a/bc"]),
    Case("a/**/b/**/c", matches: ["a/b/c", "a/x/b/y/c", "a/b/b/c", "a/c/b/c"], not: ["a/c", "a/b", "a/c/b"]),
    Case("**/a/b/**/a/c", matches: ["a/b/a/c", "x/a/a/b/a/b/a/c"], not: ["a/b/c", "a/c/a/b"]),
    Case("**/*.d/**/*.conf", matches: ["a.d/b.conf", "x/a.d/y/b.conf"], not: ["a/b.conf", "a.d"]),
    // One character.
    Case("?.yaml", matches: ["a.yaml", "é.yaml", "x/日.yaml", "😀.yaml"], not: [".yaml", "ab.yaml", "e\u{301}.yaml"]),
    Case("*?b", matches: ["éb", "aéb"], not: ["b"]),
    Case("[abc]1", matches: ["a1", "c1"], not: ["d1", "1", "ab1"]),
    Case("[a-cx]1", matches: ["b1", "x1"], not: ["d1", "-1"]),
    Case("[!a-c]1", matches: ["d1", "é1"], not: ["a1", "1"]),
    Case("[^a]1", matches: ["b1"], not: ["a1"]),
    Case("[]a]1", matches: ["]1", "a1"], not: ["b1"]),
    Case("[!]]1", matches: ["a1"], not: ["]1"]),
    Case("[a-]1", matches: ["a1", "-1"], not: ["b1"]),
    Case("[\\]]1", matches: ["]1"], not: ["\\1"]),
    Case("[à-ü]1", matches: ["é1"], not: ["e1", "ÿ1"]),
    Case("a/[!x]/b", matches: ["a/y/b"], not: ["a//b", "a/x/b"]),
    Case("*[0-9]", matches: ["a1", "1", "aé1"], not: ["a", "1a"]),
    // Alternatives.
    Case("*.{yml,yaml}", matches: ["a.yml", "b/a.yaml"], not: ["a.ym", "a.json"]),
    Case("{docker-,}compose{.*,}.{yml,yaml}", matches: ["compose.yml", "docker-compose.yaml", "compose.dev.yml"], not: ["-compose.yml"]),
    Case("{a,b{1,2{x,y}}}.c", matches: ["a.c", "b1.c", "b2x.c", "b2y.c"], not: ["b.c", "b2.c", "ab.c"]),
    Case("{deploy,charts/x}/*", matches: ["deploy/a", "charts/x/a"], not: ["charts/a", "deploy/x/a"]),
    Case("{a/b,c}", matches: ["a/b", "c", "x/c"], not: ["x/a/b"]),
    Case("{{cookiecutter.name}}/**", matches: ["{{cookiecutter.name}}/a"], not: ["cookiecutter.name/a"]),
    Case("{a{b,c}}", matches: ["{ab}", "{ac}"], not: ["ab"]),
    Case("a,b}", matches: ["a,b}"], not: ["a", "b"]),
    Case("[{,}]", matches: ["{", ",", "}"], not: ["[{", "a"]),
    // Escapes and plain characters.
    Case("\\*", matches: ["*", "a/*"], not: ["a"]),
    Case("\\{a,b\\}", matches: ["{a,b}"], not: ["a"]),
    Case("\\!a", matches: ["!a"], not: ["a"]),
    Case("a\\é", matches: ["aé"]),
    Case("a.b", matches: ["a.b"], not: ["axb"]),
    Case("CaSe", matches: ["CaSe"], not: ["case"]),
    Case("caf\u{e9}", matches: ["caf\u{e9}"], not: ["cafe\u{301}"]),
    Case("a b", matches: ["x/a b"]),
    // A directory's name stands for what is below, where that is asked for.
    Case("deploy", .trees, matches: ["deploy", "deploy/a/b", "x/deploy/a"], not: ["deployx", "deployx/a"]),
    Case("/deploy", .trees, matches: ["deploy", "deploy/a"], not: ["x/deploy/a"]),
    Case("a/deploy", .trees, matches: ["a/deploy", "a/deploy/b"], not: ["x/a/deploy/b", "a"]),
    Case("**/testdata", .trees, matches: ["testdata/a", "x/testdata/a"]),
    Case("{deploy,charts}", .trees, matches: ["charts/a", "deploy"]),
    Case("deploy/*", .trees, matches: ["deploy/a"], not: ["deploy/a/b", "deploy"]),
    Case("*.yaml", .trees, matches: ["x/a.yaml"], not: ["a.yaml/b"]),
    Case("deploy/", .trees, matches: ["deploy/a"], not: ["deploy"]),
    // Names are matched as a whole.
    Case("nginx", .names, matches: ["nginx"], not: ["acme/nginx", "nginx/a"]),
    Case("*", .names, matches: ["nginx"], not: ["acme/nginx"]),
    Case("acme/*", .names, matches: ["acme/a"], not: ["acme/a/b", "acme", "ghcr.io/acme/a"]),
    Case("ghcr.io/acme/**", .names, matches: ["ghcr.io/acme/a", "ghcr.io/acme/a/b"], not: ["ghcr.io/acme", "ghcr.io/acmex/a"]),
    Case("**/nginx", .names, matches: ["nginx", "docker.io/library/nginx"], not: ["nginx/a"]),
    Case("localhost:*/**", .names, matches: ["localhost:5000/a"], not: ["localhost/a"]),
  ])
  func `a pattern matches these paths and not those`(example: Case) throws {
    let glob = try Glob(parsing: example.pattern, over: example.scope)
    for path in example.matching { #expect(glob.matches(path), "\(path)") }
    for path in example.others + [""] { #expect(!glob.matches(path), "\(path)") }
  }

  @Test(arguments: [
    ("", "the pattern is empty"),
    ("[a", "'[a': '[' is not closed"),
    ("[]", "'[]': '[' is not closed"),
    ("[a/b]", "'[a/b]': '/' cannot stand between '[' and ']'"),
    ("[z-a]", "'[z-a]': the range 'z-a' is empty"),
    ("{a,b", "'{a,b': '{' is not closed"),
    ("a\\", "'a\\': nothing follows '\\'"),
    ("**.yaml", "'**.yaml': '**' stands for whole segments only: 'a/**/b'; within one write '*'"),
    ("a/b**", "'a/b**': '**' stands for whole segments only: 'a/**/b'; within one write '*'"),
    ("a//b", "'a//b': a name is missing beside '/'"),
    ("/", "'/': a name is missing"),
    ("a/../b", "'a/../b': '..' cannot stand in a pattern; paths begin at the repository's root"),
    ("!a", "'!a': patterns are not negated with '!'; write '\\!' for the character itself"),
    (
      String(repeating: "{a,b}", count: 9),
      "'" + String(repeating: "{a,b}", count: 9) + "': more than 256 alternatives; write several patterns"
    ),
  ])
  func `a text that is no pattern is refused with the reason`(text: String, message: String) {
    let error = #expect(throws: Glob.ParseError.self) { try Glob(parsing: text) }
    #expect(error?.description == message)
  }

  @Test(arguments: ["/a", "a/", "a//b"])
  func `names have neither an empty segment nor a root`(text: String) {
    let error = #expect(throws: Glob.ParseError.self) { try Glob(parsing: text, over: .names) }
    #expect(error?.description == "'\(text)': a name is missing beside '/'")
  }

  // Each of these takes longer than anybody waits where the matcher tries all ways to distribute what its stars take.
  @Test func `stars do not multiply`() throws {
    let manyStars = try Glob(parsing: "**/**/**/" + String(repeating: "a*", count: 30) + "b")
    #expect(!manyStars.matches(String(repeating: "a", count: 5_000)))
    let manyDepths = try Glob(parsing: String(repeating: "**/a/", count: 30) + "b")
    #expect(!manyDepths.matches(Array(repeating: "a", count: 5_000).joined(separator: "/")))
    #expect(manyDepths.matches(Array(repeating: "a", count: 5_000).joined(separator: "/") + "/b"))
    #expect(throws: Glob.ParseError.self) { try Glob(parsing: String(repeating: "{a,", count: 20_000)) }
    #expect(throws: Glob.ParseError.self) { try Glob(parsing: String(repeating: "{a,b}", count: 20_000)) }
  }

  @Test func `it remembers how it was written`() throws {
    #expect(try Glob(parsing: "./a/*.{b,c}").description == "./a/*.{b,c}")
  }
}
