import Pinning
import References
import SourceText
import Testing

@Suite struct PushedComposeTests {
  private static func read(_ text: String, _ variables: [String: String] = [:], env: String? = nil) throws(PushedReferenceError)
    -> PushedReferences
  {
    var files: [DotEnvFile] = []
    if let env { files.append(try DotEnvFile(parsing: SourceText(env), source: ".env")) }
    return try PushedReferences(
      compose: SourceText(text), source: "compose.yaml", variables: ComposeVariables(environment: variables, files: files))
  }

  private static func service(_ text: String) -> String { "services:\n  app:\n    build: .\n    \(text)\n" }

  @Test func `services that are built are pushed`() throws {
    let pushed = try Self.read(
      """
      x-app: &app
        build: .
        image: acme/app:1
      services:
        app: *app
        worker:
          <<: *app
          command: work
        api:
          <<: [{image: acme/api:1}, *app]
        web:
          build: {context: web, tags: ["acme/web:1.2", acme/web:latest]}
          image: 'acme/web:1.2.3'
        tagged:
          build:
            context: .
            tags: [acme/tagged:1]
        unnamed:
          build: .
        db:
          image: postgres:17
        null-build: {image: acme/null:1, build: null}
        nothing:
      """)
    #expect(
      pushed.references.map(\.reference.written) == [
        "acme/app:1", "acme/api:1", "acme/web:1.2.3", "acme/web:1.2", "acme/web:latest", "acme/tagged:1",
      ])
    #expect(pushed.references.first?.origin.description == "compose.yaml:3:10: service 'app'")
    #expect(pushed.unpushed.map(\.description) == ["compose.yaml:18:3: service 'unnamed' is not pushed: it has 'build' and no 'image'"])
  }

  @Test(arguments: [
    ("image: a:${TAG}", ["TAG": "1"], "a:1"),
    ("image: a:$TAG", ["TAG": "1"], "a:1"),
    ("image: $REGISTRY/a:${TAG}-alpine", ["REGISTRY": "ghcr.io", "TAG": "1"], "ghcr.io/a:1-alpine"),
    (#"image: "a:${TAG:-2}""#, [:], "a:2"),
    ("image: a:${TAG:-2}", ["TAG": ""], "a:2"),
    ("image: a:${TAG:-2}", ["TAG": "1"], "a:1"),
    ("image: a:${TAG-2}", [:], "a:2"),
    ("image: a${SUFFIX-x}", ["SUFFIX": ""], "a"),
    ("image: a:${TAG:?which}", ["TAG": "1"], "a:1"),
    ("image: a:${TAG?}", ["TAG": "1"], "a:1"),
    ("image: a:1${ARM:+-arm}", ["ARM": "y"], "a:1-arm"),
    ("image: a:1${ARM:+-arm}", [:], "a:1"),
    ("image: a:1${ARM+-arm}", ["ARM": ""], "a:1-arm"),
    ("image: a:${TAG:-${VERSION:-${OTHER-3}}}", [:], "a:3"),
    ("image: a:${TAG:-v$VERSION}", ["VERSION": "4"], "a:v4"),
    ("image: ${IMAGE}", ["IMAGE": "a:1"], "a:1"),
    // What a variable holds is not filled in again.
    ("image: a:1${X:+}", ["X": "$Y"], "a:1"),
  ]) func `variables are filled in from the environment`(_ line: String, _ variables: [String: String], _ expected: String) throws {
    #expect(try Self.read(Self.service(line), variables).references.map(\.reference.written) == [expected])
  }

  @Test(
    arguments: [
      ("TAG=1", "1"), ("TAG=1\r\n", "1"), ("\u{FEFF}TAG=1", "1"), ("export TAG=1\n", "1"), ("TAG: 1\n", "1"), (" TAG = 1 \n", "1"),
      ("TAG='1'", "1"), ("TAG=\"1\"", "1"), ("TAG=1 # comment", "1"), ("TAG=\"1\" # comment", "1"), ("# TAG=2\n\nTAG=1", "1"),
      ("TAG=2\nTAG=1", "1"), ("OTHER\nTAG=1", "1"), ("V=1\nTAG=$V", "1"), ("V=1\nTAG=\"${V}.0\"", "1.0"), ("TAG=${V:-1}", "1"),
      ("TAG=1-$$x\n", nil), ("TAG='$V'", nil), ("TAG=\"\\$V\"", nil), ("TAG=1#x", nil), ("A=\"x\ny\"\nTAG=1", "1"),
      ("exported=3\nTAG=1", "1"), ("A='\\\\'\nTAG=1", "1"), ("TAG='1'x", nil), ("A='x\nTAG=1", nil), ("A B=1\nTAG=1", nil),
      ("TAG=$HOSTTAG", "host"), ("TAG=\"1\\n\"", nil),
    ] as [(String, String?)]) func `a .env file beside it is read as Compose reads it`(_ env: String, _ expected: String?) throws
  {
    let variables = ["HOSTTAG": "host"]
    guard let expected else {
      #expect(throws: PushedReferenceError.self) { try Self.read(Self.service("image: a:${TAG}"), variables, env: env) }
      return
    }
    #expect(try Self.read(Self.service("image: a:${TAG}"), variables, env: env).references.map(\.reference.written) == ["a:\(expected)"])
  }

  @Test func `the environment wins over a .env file, and the last file over those before`() throws {
    let text = Self.service("image: a:$TAG-$V")
    let first = try DotEnvFile(parsing: SourceText("TAG=file\nV=1"), source: "1.env")
    let second = try DotEnvFile(parsing: SourceText("TAG=file\nV=2"), source: "2.env")
    let variables = ComposeVariables(environment: ["TAG": "host"], files: [first, second])
    let pushed = try PushedReferences(compose: SourceText(text), source: "compose.yaml", variables: variables)
    #expect(pushed.references.map(\.reference.written) == ["a:host-2"])
  }

  @Test(arguments: [
    (
      service("image: a:${TAG}"),
      "compose.yaml:4:12: service 'app': cannot fill in 'a:${TAG}': 'TAG' is not set; set it as for the build, or write a default: ${TAG:-…}"
    ),
    (service("image: a:$TAG"), "cannot fill in 'a:$TAG': 'TAG' is not set"),
    (service("image: a:${TAG:?say which}"), "cannot fill in 'a:${TAG:?say which}': 'TAG' is not set: say which"),
    (service("image: a:${TAG/a/b}"), "'${TAG/a/b}' is not a variable; a literal '$' is written '$$'"),
    (service("image: 'a:${TAG'"), "'${TAG' is not a variable"),
    (service("image: a:${}"), "'${}' is not a variable"),
    (service("image: a:${1}"), "'${1}' is not a variable"),
    (service("image: a:$1"), "'$1' is not a variable"),
    (service("image: a:$"), "'$' is not a variable"),
    (service("image: a:$$TAG"), "cannot read 'a:$TAG': '$TAG' is not a tag"),
    (service("image: a:${EMPTY}"), "cannot read 'a:': '' is not a tag"),
    (service("image: [a]"), "expected a reference, found a list"),
    (service("image: *missing"), "compose.yaml:4:12: expected an alias of a value in front of it, found the alias '*missing'"),
    (service("<<: *missing"), "expected an alias of a value in front of it, found the alias '*missing'"),
    (service("<<: x"), "expected a mapping to merge, found 'x'"),
    (service("<<: [{a: b}, [c]]"), "expected a mapping to merge, found a list"),
    ("x: &x 1\n" + service("<<: *x"), "expected a mapping to merge, found the alias '*x'"),
    ("services:\n  app: &l {<<: *l, build: ., image: 'b:1'}\n", "expected an alias of a value in front of it, found the alias '*l'"),
    (service("extends: {service: base}"), "'extends' is not resolved here: give the output of 'docker compose config'"),
    (service("image: !reset null"), "'!reset' is not resolved here"),
    ("services:\n  app: !override {build: ., image: 'a:1'}\n", "'!override' is not resolved here"),
    ("include: [b.yaml]\nservices: {app: {build: ., image: 'a:1'}}\n", "'include' is not resolved here: give the output of"),
    ("services: {app: {build: ., image: 'a:1'}}\n---\nservices: {}\n", "compose.yaml:3:1: a second document is not resolved here"),
    ("services: {app: {build: {tags: 'a:1'}}}\n", "expected a list of tags, found 'a:1'"),
    ("services: [app]\n", "expected a mapping of services, found a list"),
    ("services: {app: 1}\n", "expected a service, a mapping, found '1'"),
    ("app: {build: .}\n", "expected 'services', found a mapping"),
    ("- a\n", "expected a Compose file, a mapping with 'services'"),
    ("", "expected a Compose file, a mapping with 'services'"),
    ("services: {app: {image: 'a:1'}}\n", "compose.yaml: pushes no tag: no service in it has both 'build' and 'image'"),
    ("services: {}\n", "pushes no tag"),
    ("services: {app: {build: .\n", "cannot be read as YAML"),
  ]) func `what cannot be known is an error`(_ text: String, _ expected: String) {
    #expect { try Self.read(text, ["EMPTY": ""]) } throws: { "\($0)".contains(expected) }
  }

  @Test(arguments: [
    ("A=$B\nB=$A\n", "'A' refers to itself, or through too many others"), ("A=$A", "'A' refers to itself"),
    ("A=\"x", ".env:1:3: cannot be read as .env file: the quote that begins here is not closed"),
    ("A='x' y", ".env:1:7: cannot be read as .env file: expected the end of the line behind a quote"),
    ("A B=1", ".env:1:3: cannot be read as .env file: expected NAME=value"),
    ("=1", ".env:1:1: cannot be read as .env file: expected NAME=value"),
  ]) func `a .env file that cannot be read is an error`(_ env: String, _ expected: String) {
    #expect { try Self.read(Self.service("image: a:$A"), env: env) } throws: { "\($0)".contains(expected) }
  }

  /// Written out, these would be 2^40 mappings.
  @Test func `aliases of aliases end`() throws {
    var text = "x0: &x0 {build: ., image: 'a:1'}\n"
    for number in 1...40 { text += "x\(number): &x\(number) {<<: [*x\(number - 1), *x\(number - 1)]}\n" }
    text += "services:\n  app: {<<: *x40}\n"
    #expect(try Self.read(text).references.map(\.reference.written) == ["a:1"])
  }
}
