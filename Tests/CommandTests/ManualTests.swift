import Foundation
import ServersForTests
import Testing

/// The pages of the manual against the program, and the links of all documents.
@Suite(.timeLimit(.minutes(30))) struct ManualTests {
  private struct Tool: Decodable {
    var command: Command

    struct Command: Decodable {
      var commandName: String
      var subcommands: [Command]?
      var arguments: [Argument]?
    }

    struct Argument: Decodable {
      var shouldDisplay: Bool
      var names: [Name]?

      struct Name: Decodable {
        var kind: String
        var name: String
        var written: String { kind == "long" ? "--\(name)" : "-\(name)" }
      }
    }
  }

  private func commands() async throws -> [Tool.Command] {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("--experimental-dump-help")
      let tool = try JSONDecoder().decode(Tool.self, from: Data(outcome.output))
      // ArgumentParser adds a 'help' of its own, which ours stands before.
      return [tool.command] + (tool.command.subcommands ?? []).dropLast()
    }
  }

  private static func name(_ page: Document) -> String { page.url.deletingPathExtension().lastPathComponent }

  @Test func `every command has a page, and every page is shown`() async throws {
    let names = Set(Document.pages.map(Self.name))
    for command in try await commands().dropFirst() {
      #expect(names.contains(command.commandName), "Sources/Manual/Pages/\(command.commandName).md is missing")
    }
    try await Sandbox.with { sandbox in
      let list = try await sandbox.tagpin("help").outputText
      for name in names { #expect(list.contains("\n  \(name) "), "'\(name)' is missing in ManualPage.all") }
    }
  }

  @Test(arguments: Document.pages) func `a page is shown, with its first line above it`(_ page: Document) async throws {
    let text = try page.text()
    try await Sandbox.with { sandbox in
      let shown = try await sandbox.tagpin("help", Self.name(page))
      #expect(shown.status == 0)
      let title = try #require(text.split(separator: "\n").first).dropFirst(2)
      #expect(title.hasPrefix("\(Self.name(page)): ") || title.hasPrefix("tagpin \(Self.name(page)): "))
      #expect(shown.outputText.hasPrefix("\(title)\n".filter { $0 != "`" }), "\(shown.outputText.prefix(200))")
    }
  }

  @Test func `every option is named in a page`() async throws {
    let pages = try Document.pages.map { try $0.text() }.joined()
    for command in try await commands() {
      for argument in command.arguments ?? [] where argument.shouldDisplay {
        for name in argument.names ?? [] where name.kind == "long" && !["help", "version"].contains(name.name) {
          #expect(
            pages.firstMatch(of: try Regex("\(name.written)(?![a-z-])")) != nil,
            "'\(name.written)' of 'tagpin \(command.commandName)' is in no page of Sources/Manual/Pages")
        }
      }
    }
  }

  @Test func `a page names no option that there is not`() async throws {
    let known = Set(try await commands().flatMap { $0.arguments ?? [] }.flatMap { $0.names ?? [] }.map(\.written))
      .union(["--help", "-h", "--version", "--generate-completion-script"])
    for document in [Document(path: "README.md")] + Document.pages {
      let text = try document.text()
      let spans = text.matches(of: /`([^`\n]+)`/).map { $0.1 } + text.matches(of: /\$ (tagpin [^\n]*)/).map { $0.1 }
      for span in spans where span.hasPrefix("-") || span.hasPrefix("tagpin ") {
        // What stands behind '--' or in a pipe is another program's.
        let own = span.split(separator: " ").prefix { !["--", "|", ";", ">", "2>/dev/null", "<"].contains($0) }
        for word in own where word.hasPrefix("--") {
          let option = String(word.prefix { $0 == "-" || $0.isLetter || $0.isNumber })
          #expect(known.contains(option), "\(document.path) names '\(option)'")
        }
      }
    }
  }

  @Test(arguments: ["tagpin"] + Document.pages.map(name)) func `mandoc has nothing to say of a man page`(_ name: String) async throws {
    try await Sandbox.with { sandbox in
      let page = try await sandbox.tagpin("help", "--man", name, environment: ["SOURCE_DATE_EPOCH": "1767225600"])
      #expect(page.status == 0)
      #expect(page.outputText.contains("2026-01-01"))
      let section = page.outputText.prefix { $0 != "\n" }.contains(" 7 ") ? 7 : 1
      try sandbox.write(page.output, to: "page.\(section)")
      let lint = try await sandbox.program("mandoc").run(["-T", "lint", "page.\(section)"])
      #expect(lint.status == 0 && lint.output == [], "\(lint.outputText)\(lint.errorText)")
    }
  }

  @Test func `what is copied with OWNER in it says above that it has to be replaced`() throws {
    let workflows = Example.files.filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }.map { Document(path: "examples/\($0)") }
    for document in Document.all + workflows {
      let lines = try document.text().split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() where line.contains("OWNER/tagpin") {
        let above = lines[max(0, index - 8)..<index]
        #expect(above.contains { $0.contains("eplace") && $0.contains("OWNER") }, "\(document.path):\(index + 1)")
      }
    }
  }

  @Test func `what is copied names this version, of the action and of the hooks`() async throws {
    let version = try await Sandbox.with { try await $0.tagpin("--version").outputText.prefix { $0 != " " } }
    let files = Example.files.filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }.map { Document(path: "examples/\($0)") }
    var count = 0
    for document in Document.all + files {
      let lines = try document.text().split(separator: "\n")
      for (index, line) in lines.enumerated() where line.contains("OWNER/tagpin") {
        let text = line.contains("/action@") ? line : lines[index + 1]
        let named = try #require(text.firstMatch(of: /(?:action@|rev: )v([0-9.]+)/)?.1, "\(document.path): \(text)")
        #expect(named == version, "\(document.path): \(text)")
        count += 1
      }
    }
    #expect(count > 8)
  }

  @Test(arguments: Document.all) func `every link leads somewhere`(_ document: Document) throws {
    let text = try document.text()
    for link in text.matches(of: /\]\(([^)\s]+)\)/).map({ String($0.1) }) where !link.contains("://") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let target = parts[0].isEmpty ? document.url : document.url.deletingLastPathComponent().appending(path: parts[0])
      #expect(FileManager.default.fileExists(atPath: target.path), "\(document.path): '\(link)'")
      if parts.count > 1, let other = try? String(contentsOf: target, encoding: .utf8) {
        let headings = other.split(separator: "\n").filter { $0.hasPrefix("#") }.map { Self.anchor($0.drop { $0 == "#" }) }
        #expect(headings.contains(parts[1]), "\(document.path): '\(link)'")
      }
    }
  }

  /// As GitHub makes it of a heading.
  private static func anchor(_ heading: Substring) -> String {
    String(heading.lowercased().trimmingCharacters(in: .whitespaces).filter { $0.isLetter || $0.isNumber || " -_".contains($0) })
      .replacing(" ", with: "-")
  }
}
