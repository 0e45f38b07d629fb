import Foundation
import ServersForTests
import Testing

/// A server that says back what it was sent. What it says stands in the run's output, the secrets in it do not.
@Suite(.timeLimit(.minutes(30))) struct SecretOutputTests {
  private static let password = #"s3cret "quoted" \ pass%word+/="#

  private static var authorization: String { "Basic " + Data("alice:\(password)".utf8).base64EncodedString() }

  /// Everything that must not be seen: as it is, as JSON, percent-encoded, in base64.
  private static var forms: [String] {
    let encoded = String(authorization.dropFirst("Basic ".count))
    return [
      password, #"s3cret \"quoted\" \\ pass"#, "s3cret%20%22quoted%22", "s3cret+%22quoted%22", encoded, encoded.replacing("=", with: ""),
      Data(password.utf8).base64EncodedString(),
    ]
  }

  private static func echo(_ request: ScriptedServer.Request) -> ScriptedServer.Reply {
    guard let sent = request[header: "Authorization"] else {
      return .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", "Basic realm=\"test\"")])
    }
    let words = "you sent \(sent), which is \(password)"
    guard let body = try? JSONSerialization.data(withJSONObject: ["errors": [["code": "DENIED", "message": words]]]) else {
      return .error(500, "UNKNOWN")
    }
    return .json(
      request.path.hasSuffix("/warned") ? 200 : 403, String(decoding: body, as: UTF8.self),
      headers: [("Warning", "299 - \"\(sent)\""), ("X-Echo", sent)])
  }

  @Test(arguments: [["pin", "--verbose"], ["pin", "--format", "json"], ["update", "--keep-going", "--verbose", "--diff"]])
  func `neither text nor JSON, annotations, summary, outputs or reports hold what a registry says back`(_ arguments: [String]) async throws
  {
    try await ScriptedServer.serving(Self.echo) { server in
      try await Sandbox.with([
        "compose.yaml": "services: {a: {image: '\(server.host)/team/app:1'}, b: {image: '\(server.host)/team/b:warned'}}\n"
      ]) {
        sandbox in
        let auth = Data("alice:\(Self.password)".utf8).base64EncodedString()
        try sandbox.write("{\"auths\": {\"\(server.host)\": {\"auth\": \"\(auth)\"}}}", to: "\(sandbox.home)/.docker/config.json")
        let summary = "\(sandbox.root)/summary"
        let outputs = "\(sandbox.root)/outputs"
        let reports = ["json", "markdown", "text", "github"].map { "\($0)=\(sandbox.root)/report.\($0)" }
        let outcome = try await sandbox.program(
          Program.tagpinPath,
          environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": summary, "GITHUB_OUTPUT": outputs]
        ).run(arguments + reports.flatMap { ["--report", $0] })
        #expect(outcome.status == 2)
        #expect(server.requests.contains { $0[header: "Authorization"] == Self.authorization })
        #expect((outcome.outputText + outcome.errorText).contains("you sent Basic ***, which is ***"), "\(outcome.outputText)")
        var texts = [outcome.outputText, outcome.errorText]
        for file in try sandbox.names(in: sandbox.root) where file.hasPrefix("report.") || ["summary", "outputs"].contains(file) {
          texts.append(try sandbox.text("\(sandbox.root)/\(file)"))
        }
        #expect(texts.count >= 6)
        for text in texts {
          for form in Self.forms { #expect(!text.contains(form), "\(form) in \(text)") }
        }
      }
    }
  }

  @Test func `guard and resolve say it as little`() async throws {
    try await ScriptedServer.serving(Self.echo) { server in
      try await Sandbox.with { sandbox in
        let auth = Data("alice:\(Self.password)".utf8).base64EncodedString()
        let environment = ["DOCKER_AUTH_CONFIG": "{\"auths\": {\"\(server.host)\": {\"auth\": \"\(auth)\"}}}"]
        for arguments in [["guard"], ["resolve"], ["guard", "--format", "json"], ["resolve", "--format", "json"]] {
          let outcome = try await sandbox.program(Program.tagpinPath, environment: environment).run(
            arguments + ["--verbose", "\(server.host)/team/app:1"])
          #expect(outcome.status == 2)
          let text = outcome.outputText + outcome.errorText
          #expect(text.contains("you sent Basic ***, which is ***"), "\(text)")
          for form in Self.forms { #expect(!text.contains(form), "\(form) in \(text)") }
        }
      }
    }
  }

  @Test func `what '-' prints is the user's own, whatever is in it`() async throws {
    let image = Image.single("x")
    try await ScriptedServer.serving { request in
      request[header: "Authorization"] == nil
        ? .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", "Basic realm=\"test\"")]) : .manifest(image)
    } while: { server in
      try await Sandbox.with { sandbox in
        let auth = Data("alice:a-password-of-alice".utf8).base64EncodedString()
        let environment = ["DOCKER_AUTH_CONFIG": "{\"auths\": {\"\(server.host)\": {\"auth\": \"\(auth)\"}}}"]
        let text = "# a-password-of-alice\nservices: {a: {image: '\(server.host)/team/app:1'}}\n"
        var program = sandbox.program(Program.tagpinPath, environment: environment)
        program.inspect = nil
        let outcome = try await program.run(
          ["pin", "--dialect", "compose", "-"], input: Array(text.utf8))
        #expect(outcome.outputText == text.replacing("app:1", with: "app:1@\(image.digest)"), "\(outcome.errorText)")
      }
    }
  }
}
