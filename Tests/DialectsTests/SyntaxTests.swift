import SourceText
import Testing

@testable import Dialects

@Suite struct SyntaxTests {
  @Test(arguments: [
    ("kubernetes", "a.yaml", "{}", "YAML"), ("kubernetes", "a.json", "kind: Pod", "JSON"), ("bake", "docker-bake.hcl", "", "HCL"),
    ("bake", "docker-bake.json", "{}", "JSON"), ("bake-json", "docker-bake.json", "{}", "JSON"),
    // Where the name does not tell, the first byte does.
    ("cloudformation", "a.template", "\n{}", "JSON"), ("cloudformation", "a.template", "Resources:", "YAML"),
    ("gitlab-runner", "config.toml", "", "TOML"), ("compose", "compose.yaml", "{}", "YAML"),
    ("devcontainer", "devcontainer.json", "{}", "JSON with comments"),
  ]) func `a file is written in`(_ dialect: String, _ path: String, _ text: String, _ syntax: String) throws {
    #expect(try #require(Dialects.named(dialect)).syntax(of: SourceText(text), at: path).name == syntax)
  }

  @Test(arguments: [
    ("bake-json", "bake"), ("cloud-build-json", "cloud-build"), ("cloudformation-json", "cloudformation"),
    ("kubernetes-json", "kubernetes"),
  ]) func `a dialect keeps its former names`(_ former: String, _ name: String) {
    #expect(Dialects.named(former)?.name == name)
    #expect(!Dialects.all.contains { $0.name == former })
  }

  @Test func `what is of its syntax is told, and white space says nothing`() throws {
    try Syntax.json.check(SourceText(" \r\n"))
    try Syntax.dockerfile.check(SourceText("anything"))
    #expect(throws: (any Error).self) { try Syntax.json.check(SourceText("no JSON")) }
  }
}
