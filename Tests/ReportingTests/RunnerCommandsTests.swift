import Testing

@testable import Reporting

@Suite struct RunnerCommandsTests {
  static let commands = [
    ("::stop-commands::x", "\\x3a:stop-commands::x"), ("a\n  ::error::x\n", "a\n  \\x3a:error::x\n"),
    ("a\r::error::x", "a\r\\x3a:error::x"),
    ("\t::error::x", "\t\\x3a:error::x"), ("\u{A0}\u{3000}::error::x", "\u{A0}\u{3000}\\x3a:error::x"),
    ("\u{AD}:\u{200B}:error::x", "\u{AD}\\x3a\u{200B}:error::x"), ("a ##[error]x", "a \\x23#[error]x"),
    ("a###[error]x", "a#\\x23#[error]x"), ("#\u{FE0F}#[error]x", "\\x23\u{FE0F}#[error]x"),
    ("'##vso[task.setvariable variable=x]y'", "'\\x23#vso[task.setvariable variable=x]y'"),
    ("##teamcity[buildStatus text='x']", "\\x23#teamcity[buildStatus text='x']"),
    ("##[group]a\n##[endgroup]", "\\x23#[group]a\n\\x23#[endgroup]"),
  ]

  @Test(arguments: commands) func `what a runner would act on is escaped, once`(text: String, shown: String) {
    #expect(text.withoutRunnerCommands.unicodeScalars.elementsEqual(shown.unicodeScalars))
    #expect(text.hasRunnerCommands)
    #expect(!shown.hasRunnerCommands)
  }

  @Test(arguments: [
    "", "a::b", "std::vector", "a: b\n: c", "### tagpin pin\n\n## [link](x)", "# [x]", "#[x]", "##", "##a", "##1[", "a\n:b:\n", "🏷️ #️⃣",
  ])
  func `other text stays as it is`(text: String) {
    #expect(text.withoutRunnerCommands.unicodeScalars.elementsEqual(text.unicodeScalars))
  }

  @Test func `JSON has none, and says the same`() {
    let text = "##[error]##vso[x] ###"
    #expect(JSONValue.string(text).document == "\"#\\u0023[error]#\\u0023vso[x] #\\u0023\\u0023\"\n")
  }

  @Test func `an annotation is one command, whatever stands in it`() {
    let annotation = GitHubRenderer.Annotation(
      level: .error, path: "::warning::\n##[error]", title: "##[x]", message: "##vso[x]\n::stop-commands::x")
    #expect(
      GitHubRenderer.line(annotation)
        == "::error file=%3A%3Awarning%3A%3A%0A\\x23#[error],title=tagpin%3A \\x23#[x]::\\x23#vso[x]%0A::stop-commands::x")
  }
}
