import Dialects
import References
import Rules
import SourceText
import Testing

@Suite struct DotEnvTests {
  private func findings(_ text: String, beside compose: String...) throws -> Findings {
    var options = DialectOptions()
    options.companions = compose.map { .init(name: "compose.yaml", bytes: Array($0.utf8)) }
    return try #require(Dialects.named("compose-env")).findings(in: SourceText(text), options: options)
  }

  private static let compose = "services: { web: { image: '${IMAGE}' } }"

  @Test(arguments: [
    "IMAGE=a:1", "IMAGE='a:1'", "IMAGE=\"a:1\"", "export IMAGE=a:1", "IMAGE = a:1", "IMAGE: a:1", "IMAGE=a:1 # x", "IMAGE='a:1'#x",
    "IMAGE=\"a:1\" # x",
    "  IMAGE=a:1  ", "IMAGE=a:1\r\n", "\u{FEFF}IMAGE=a:1", "# é\nIMAGE=a:1\n", "IMAGE=b:1\nIMAGE=a:1", "X='\nIMAGE=b:1\n'\nIMAGE=a:1",
    "X='it\nIMAGE=a:1",
  ]) func `finds the value`(_ text: String) throws {
    let source = SourceText(text)
    let site = try #require(try findings(text, beside: Self.compose).sites.first)
    #expect(site.image?.written == "a:1" && source.string(site.range) == "a:1" && site.place == "IMAGE")
  }

  @Test(arguments: [
    "IMAGE=", "IMAGE=''", "IMAGE= # a:1", "#IMAGE=a:1", "OTHER=a:1", "IMAGES=a:1", "IMAGE a:1", "X=\"\nIMAGE=a:1\n\"", "image=a:1", "",
  ])
  func `finds nothing else`(_ text: String) throws {
    #expect(try findings(text, beside: Self.compose).sites.isEmpty)
  }

  @Test(arguments: [
    ("IMAGE=$A", "not-literal"), ("IMAGE=\"${A}:1\"", "not-literal"), ("IMAGE=\"a:\\x31\"", "not-understood"),
    ("IMAGE=\"a:1\n\"", "not-understood"),
    ("IMAGE=a:1 # tagpin: ignore", "ignored-by-comment"), ("# tagpin: ignore\nIMAGE=a:1", "ignored-by-comment"),
  ]) func `says why it is left alone`(_ text: String, _ code: String) throws {
    guard case .skipped(let reason) = try #require(try findings(text, beside: Self.compose).sites.first).content else {
      return #expect(Bool(false))
    }
    #expect(reason.rule.id == code)
  }

  @Test(arguments: [
    ("$IMAGE", true), ("${IMAGE}", true), ("${IMAGE:-a:2}", true), ("${IMAGE-a:2}", true), ("${IMAGE:?x}", true), ("${IMAGE?x}", true),
    ("a:$IMAGE", false), ("${IMAGE}:1", false), ("${IMAGE:+a:2}", false), ("$IMAGE$IMAGE", false), ("${IMAGE}${IMAGE}", false),
    ("$$IMAGE", false),
    ("${IMAGE:-${OTHER}}", false), ("IMAGE", false), ("${}", false),
  ]) func `only a variable that is the whole image counts`(_ image: String, _ isSite: Bool) throws {
    #expect(try findings("IMAGE=a:1", beside: "services: { web: { image: '\(image)' } }").sites.isEmpty == !isSite)
  }

  @Test func `what is a part of a longer text anywhere is left alone`() throws {
    let part = "services: { web: { labels: ['x=${IMAGE}'] , image: '${IMAGE}' } }"
    for files in [[Self.compose, part], [part, Self.compose]] {
      var options = DialectOptions()
      options.companions = files.map { .init(name: "compose.yaml", bytes: Array($0.utf8)) }
      let site = try #require(try Dialects.named("compose-env")?.findings(in: SourceText("IMAGE=a:1"), options: options).sites.first)
      #expect(
        site.content
          == .skipped(
            .usedOtherwise("line 1 of 'compose.yaml' uses 'IMAGE' in another way, too; give the image a variable of its own")))
    }
  }

  @Test func `what a service builds is built here`() throws {
    let findings = try findings("IMAGE=a/b:1", beside: "services: { web: { build: ., image: '${IMAGE}' } }", Self.compose)
    #expect(findings.ownImages.map(\.name.familiar) == ["a/b"])
  }

  @Test func `without a Compose file nothing is looked at`() throws {
    #expect(try findings("IMAGE=a:1").isEmpty)
    #expect(try findings("IMAGE=a:1", beside: "{{ no YAML").isEmpty)
  }

  @Test func `the Compose file says who fills it in`() throws {
    var options = DialectOptions()
    options.companions = [.init(name: ".env", bytes: Array("IMAGE=a:1\nEMPTY=\n".utf8))]
    let text =
      "services: { a: { image: '${IMAGE:-b:1}' }, b: { image: '$OTHER' }, c: { image: 'x:$IMAGE' }, d: { image: '${EMPTY:-b:1}' } }"
    let sites = try #require(Dialects.named("compose")).findings(in: SourceText(text), options: options).sites
    #expect(
      sites.map(\.content) == [
        .skipped(.filledInBy("${IMAGE:-b:1}", file: ".env")), .skipped(.notLiteral("$OTHER")), .skipped(.notLiteral("$IMAGE")),
        .image(try ImageReference(parsing: "b:1")),
      ])
    #expect(SkipReason.filledInBy("$A", file: ".env").description == "'$A' is filled in by '.env' beside this file")
  }
}
