import Configuration
import SourceText
import Testing

@Suite struct MessageTemplateTests {
  @Test func `fields and literal braces are told apart`() throws {
    #expect(try MessageTemplate(parsing: "a {subject}{body}").parts == [.text("a "), .field(.subject), .field(.body)])
    #expect(try MessageTemplate(parsing: "{{{command}}}").parts == [.text("{"), .field(.command), .text("}")])
    #expect(try MessageTemplate(parsing: "é → {files}").parts == [.text("é → "), .field(.files)])
  }

  @Test(arguments: [
    ("'x {sbject}'", "there is no field '{sbject}'; known are '{subject}'"), ("'x {'", "a brace has no partner"),
    ("'x } y'", "a brace has no partner"), ("''", "begins with no text"), ("' {body}'", "begins with no text"),
    ("[a]", "expected a message such as"),
  ])
  func `what is wrong is said with its line`(value: String, words: String) throws {
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration(parsing: SourceText("commit:\n  message: \(value)\n"), file: ".tagpin.yaml", trust: .repository)
    }
    #expect(error?.line == 2)
    #expect(error?.problem.contains(words) == true, "\(error?.problem ?? "")")
  }

  @Test func `the configuration has it`() throws {
    let text = "commit:\n  message: |\n    chore: {subject}\n\n    {body}\n"
    let configuration = try Configuration(parsing: SourceText(text), file: "", trust: .repository)
    #expect(configuration.commitMessage == (try MessageTemplate(parsing: "chore: {subject}\n\n{body}\n")))
  }
}
