import Dialects
import Documents
import SourceText
import Testing

@Suite struct JenkinsfileTests {
  private func sites(_ source: String) throws -> [String] {
    let dialect = try #require(Dialects.named("jenkinsfile"))
    return try dialect.findings(in: SourceText(source)).sites.map(\.text)
  }

  @Test(arguments: [
    "agent { docker 'a:1' }", "agent { docker \"a:1\" }", "agent { docker '''a:1''' }", "agent { docker \"\"\"a:1\"\"\" }",
    "agent { docker('a:1') }",
    "agent {\n  docker {\n    image 'a:1'\n  }\n}", "agent { docker { image('a:1') } }", "agent { docker { label 'x'; image 'a:1' } }",
    "agent\n{ docker { image 'a:1' } }", "docker.image('a:1').inside {}", "docker.image 'a:1'", "docker.image(\r\n\r\n'a:1')",
    "docker . image ( 'a:1' )",
    "x = a / b // c / 'd\ndocker.image('a:1')", "x = ~/it's/\ndocker.image('a:1')", "s = \"${f('\"')}\"; docker.image('a:1')",
    "s = 'it\\'s'; docker.image('a:1')", "s = \"\"\"it's \"quoted\" \"\"\"; docker.image('a:1')", "it's broken\ndocker.image('a:1')",
    "containerTemplate(image: 'a:1', name: 'x')", "agent { dockerContainer { image 'a:1' } }",
  ]) func `finds an image`(_ source: String) throws {
    #expect(try sites(source) == ["a:1"])
  }

  @Test(arguments: [
    "docker 'a:1'", "image 'a:1'", "// docker.image('a:1')", "/* docker.image('a:1') */", "s = \"docker.image('a:1')\"",
    "s = '''\ndocker.image('a:1')\n'''", "x.docker.image('a:1')", "docker.images('a:1')", "agent { docker { args 'a:1' } }",
    "agent { docker { } }",
    "agent { docker { image '' } }", "docker { def image = 'a:1' }", "docker.build('a:1')", "docker", "docker.", "docker.image(", "image:",
    "}", ")",
    "agent { docker",
  ]) func `finds none`(_ source: String) throws {
    #expect(try sites(source) == [])
  }

  @Test(arguments: [("x\n/* a", "comment"), ("'''a", "string"), ("\"\"\"${\n", "string")])
  func `says what is not closed`(_ source: String, _ what: String) throws {
    let dialect = try #require(Dialects.named("jenkinsfile"))
    let error = #expect(throws: DocumentError.self) { try dialect.findings(in: SourceText(source)) }
    #expect(error?.problem.contains("the \(what) that begins here is not closed") ?? false)
  }

  /// The open bracket of an interpolation in an interpolation in … is an error, not an overflow.
  @Test func `deep nesting is an error`() throws {
    let dialect = try #require(Dialects.named("jenkinsfile"))
    let source = String(repeating: "\"${", count: 10_000)
    #expect(throws: DocumentError.self) { try dialect.findings(in: SourceText(source)) }
    #expect(try sites(String(repeating: "{", count: 100_000) + "docker.image('a:1')") == ["a:1"])
  }
}
