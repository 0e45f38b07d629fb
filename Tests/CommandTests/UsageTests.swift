import Foundation
import ServersForTests
import Testing

/// What is refused before anything is done, and what help says.
@Suite(.timeLimit(.minutes(30))) struct UsageTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var words: [String]

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let refusals: [Refusal] = [
    Refusal(arguments: ["pin", "--jbos", "3"], words: ["unknown option '--jbos'; did you mean '--jobs'?"]),
    Refusal(arguments: ["--verison"], words: ["unknown option '--verison'; did you mean '--version'?"]),
    Refusal(arguments: ["list", "--since=x"], words: ["unknown option '--since': 'check', 'history' have it\n"]),
    Refusal(arguments: ["pin", "--frobnicate"], words: ["unknown option '--frobnicate'\n"]),
    Refusal(arguments: ["pni"], words: ["pni"]),
    Refusal(arguments: ["report", "mrege", "a"], words: ["there is no command 'report mrege'; did you mean 'merge'?"]),
    Refusal(arguments: ["pin", "--jobs", "0"], words: ["'0' is invalid for '--jobs <n>': write a number from 1 to 1024\n"]),
    Refusal(arguments: ["pin", "--jobs", "many"], words: ["'many'", "write a number from 1 to 1024\n"]),
    Refusal(arguments: ["pin", "--timeout", "0"], words: ["--timeout", "write a number from 1 to 3600\n"]),
    Refusal(arguments: ["pin", "--platform", "linux"], words: ["'linux'", "write os/arch or os/arch/variant: 'linux/amd64'\n"]),
    Refusal(arguments: ["guard", "a:1", "--digest", "abc"], words: ["'abc'", "hexadecimal digits"]),
    Refusal(arguments: ["history", "--at", "yesterday"], words: ["'yesterday'", ": write 2026-03-01 or 2026-03-01T09:00:00Z\n"]),
    Refusal(arguments: ["pin", "--format", "xml"], words: ["xml", "json"]),
    Refusal(arguments: ["pin", "--style", "neat"], words: ["neat", "tag-and-digest"]),
    Refusal(arguments: ["pin", "--only", "charts"], words: ["charts", "images"]),
    Refusal(arguments: ["pin", "--color", "red"], words: ["red", "always"]),
    Refusal(arguments: ["pin", "--report", "report.json"], words: ["report.json", "FORMAT=FILE", "markdown"]),
    Refusal(arguments: ["pin", "--report", "xml=report.xml"], words: ["xml=report.xml", "json"]),
    Refusal(arguments: ["pin", "--exclude", "[a"], words: ["'[a'"]),
    Refusal(arguments: ["resolve", "--format", "markdown", "nginx"], words: ["text or json"]),
    Refusal(arguments: ["resolve", "--format", "sarif", "nginx"], words: ["text or json"]),
    Refusal(arguments: ["guard", "--format", "junit", "nginx:1"], words: ["guard reports as text, json, github, markdown"]),
    Refusal(arguments: ["list", "--diff"], words: ["--diff"]),
    Refusal(arguments: ["resolve"], words: ["reference"]),
    Refusal(arguments: ["resolve", "scratch"], words: ["'scratch' is not an image", "no digest"]),
    Refusal(arguments: ["resolve", "nginx", "docker.io/library/scratch:1"], words: ["'docker.io/library/scratch:1' is not an image"]),
    Refusal(arguments: ["resolve", "Not An Image"], words: ["'Not An Image'"]),
    Refusal(arguments: ["resolve", "--format", "github", "nginx"], words: ["text or json"]),
    Refusal(arguments: ["pin", "--config", "nowhere.yaml"], words: ["nowhere.yaml"]),
  ]

  @Test(arguments: refusals) func `wrong usage ends with 64 and a hint on standard error`(_ refusal: Refusal) async throws {
    try await Sandbox.with(["compose.yaml": "services: {a: {image: nginx}}\n"]) { sandbox in
      let outcome = try await sandbox.program(Program.tagpinPath).run(refusal.arguments)
      #expect(outcome.status == 64, "\(outcome.errorText)")
      #expect(outcome.outputText == "")
      for words in refusal.words { #expect(outcome.errorText.contains(words), "\(outcome.errorText)") }
      #expect(outcome.errorText.contains("error: "), "\(outcome.errorText)")
    }
  }

  @Test(arguments: [
    (["chekc"], "Usage: tagpin <subcommand>\n"), (["help", "pim"], "Usage: tagpin help [<topic> ...]\n"),
    (["dialects", "kubernets"], "Usage: tagpin dialects [<name>]\n"), (["check", "--fromat", "x"], "Usage: tagpin check [<options>] "),
    (
      ["guard", "r.test/a:1", "docker", "push", "x"],
      "Usage: tagpin guard [<options>] <reference> ... [-- <command> ...]\n       tagpin guard --git-hook <remote> <url>\n"
    ),
    (["report", "mrege"], "Usage: tagpin report <subcommand>\n"), (["report", "merge"], "Usage: tagpin report merge "),
    (["completion", "foo"], "Usage: tagpin completion <shell>\n"), (["resolve", "scratch"], "Usage: tagpin resolve [<options>] "),
  ])
  func `below an error is the usage of its own command`(_ arguments: [String], _ usage: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.program(Program.tagpinPath).run(arguments)
      #expect(outcome.status == 64)
      #expect(outcome.errorText.hasPrefix("tagpin: error: "), "\(outcome.errorText)")
      let rest = outcome.errorText.dropFirst("tagpin: error: ".count)
      #expect(rest.first?.isUppercase != true, "\(outcome.errorText)")
      #expect(outcome.errorText.contains("\n" + usage), "\(outcome.errorText)")
      #expect(outcome.errorText.components(separatedBy: "Usage: ").count == 2, "\(outcome.errorText)")
      #expect(outcome.errorText.contains("\n  See 'tagpin "), "\(outcome.errorText)")
    }
  }

  @Test(arguments: [
    (["check", "--fromat=x"], 64, "::error title=tagpin%3A error::unknown option '--fromat'; did you mean '--format'?"),
    (["guard"], 64, "::error title=tagpin%3A error::there is nothing to guard: "),
    (["check", "nowhere.yaml"], 2, "::error title=tagpin%3A error::'nowhere.yaml' does not exist"),
    (["check"], 64, "::error file=.tagpin.yaml,line=2,col=1,title=tagpin%3A error::unknown key 'exlude'; did you mean 'exclude'?"),
    (
      ["check", "--baseline", "compose.yaml", "--no-repository-config"], 2,
      "::error title=tagpin%3A error::compose.yaml:1: this is not a baseline"
    ),
  ])
  func `a job of GitHub's has an annotation for what ends a run, too`(_ arguments: [String], _ status: Int32, _ line: String) async throws {
    try await Sandbox.with(["compose.yaml": "services: {a: {image: nginx}}\n", ".tagpin.yaml": "include: ['**']\nexlude: ['a']\n"]) {
      sandbox in
      let program = sandbox.program(Program.tagpinPath)
      #expect(!(try await program.run(arguments)).errorText.contains("::error"))
      let outcome = try await sandbox.program(Program.tagpinPath, environment: ["GITHUB_ACTIONS": "true"]).run(arguments)
      #expect(outcome.status == status, "\(outcome.errorText)")
      #expect(outcome.errorText.split(separator: "\n").contains { $0.hasPrefix(line) }, "\(outcome.errorText)")
      #expect(outcome.errorText.contains("error: "), "\(outcome.errorText)")
    }
  }

  @Test func `a configuration with an unknown key is refused, with its line`() async throws {
    try await Sandbox.with(["compose.yaml": "services: {a: {image: nginx}}\n", ".tagpin.yaml": "include: ['**']\nexlude: ['a']\n"]) {
      sandbox in
      for command in ["pin", "list", "check", "unpin", "update"] {
        let outcome = try await sandbox.tagpin(command)
        #expect(outcome.status == 64)
        #expect(outcome.errorText.hasPrefix(".tagpin.yaml:2:1: error: "), "\(outcome.errorText)")
        #expect(outcome.errorText.contains("'exlude'"))
        #expect(outcome.errorText.contains("exclude"))
      }
      #expect(try await sandbox.tagpin("resolve", "nginx").status == 64)
    }
  }

  @Test func `a configuration is read from where it may stand`() async throws {
    let rule = "ignore: [{ image: nginx, reason: 'told by HERE' }]\n"
    try await Sandbox.with([
      "compose.yaml": "services: {a: {image: nginx}}\n", ".github/tagpin.yaml": rule.replacing("HERE", with: "github"),
    ]) { sandbox in
      try sandbox.write(rule.replacing("HERE", with: "option"), to: "\(sandbox.root)/option.yaml")
      try sandbox.write(rule.replacing("HERE", with: "variable"), to: "\(sandbox.root)/variable.yaml")
      let variable = ["TAGPIN_CONFIG": "\(sandbox.root)/variable.yaml"]
      let own = try await sandbox.tagpin("list")
      #expect(own.outputText.contains("told by github"), "\(own.outputText)\(own.errorText)")
      let named = try await sandbox.tagpin("list", environment: variable)
      #expect(named.outputText.contains("told by variable"))
      let option = try await sandbox.tagpin("list", "--config", "\(sandbox.root)/option.yaml", environment: variable)
      #expect(option.outputText.contains("told by option"))
      try await sandbox.track([".tagpin.yaml": rule])
      let both = try await sandbox.tagpin("list")
      #expect(both.status == 64)
      #expect(both.errorText.contains(".tagpin.yaml") && both.errorText.contains(".github/tagpin.yaml"), "\(both.errorText)")
    }
  }

  @Test func `help and version read well`() async throws {
    try await Sandbox.with { sandbox in
      let help = try await sandbox.tagpin("--help")
      #expect(help.status == 0)
      for command in ["pin", "update", "unpin", "check", "list", "resolve", "guard", "config"] {
        #expect(help.outputText.contains("\n  \(command) "), "\(help.outputText)")
        let own = try await sandbox.tagpin(command, "--help")
        #expect(own.status == 0)
        #expect(own.outputText.contains("USAGE: tagpin \(command)"))
        let lines = own.outputText.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("USAGE: ") }
        #expect(lines.filter { $0.count > 100 } == [])
      }
      #expect(help.outputText.contains("64"))
      let version = try await sandbox.tagpin("--version")
      #expect(version.status == 0)
      #expect(version.outputText.wholeMatch(of: #/\d+\.\d+\.\d+ \([a-z0-9 -]+, (linux|darwin) \w+\)\n/#) != nil)
      let completions = try await sandbox.tagpin("--generate-completion-script", "bash")
      #expect(completions.status == 0)
      #expect(completions.outputText.contains("tagpin"))
    }
  }
}
