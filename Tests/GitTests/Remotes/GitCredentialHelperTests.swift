import Foundation
import HTTP
import Testing

@testable import Git

/// The real git program with helpers of the test's own.
@Suite struct GitCredentialHelperTests {
  private let sandbox: GitSandbox

  init() throws {
    sandbox = try GitSandbox()
    try sandbox.write("", to: "home/none")
  }

  private func helper(_ script: String?, timeout: Duration = .seconds(30), more: [String: String] = [:]) -> GitCredentialHelper {
    var environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": sandbox.path("home"), "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_COUNT": "0",
    ]
    if let script {
      environment["GIT_CONFIG_COUNT"] = "1"
      environment["GIT_CONFIG_KEY_0"] = "credential.helper"
      environment["GIT_CONFIG_VALUE_0"] = "!f() { \(script); }; f"
    }
    return GitCredentialHelper(environment: environment.merging(more) { $1 }, directory: sandbox.root, timeout: timeout)
  }

  private func url() throws -> HTTPURL { try HTTPURL(parsing: "https://git.acme.test:8443/group/name") }

  @Test func `a helper is asked for the host, and for the user that the URL names`() async throws {
    let asking = helper("cat > '\(sandbox.path("question"))'; echo username=me; echo password=hunter22")
    let credential = try #require(try await asking.credential(for: url(), user: nil))
    #expect(credential.user == "me")
    #expect(credential.secret.text == "hunter22")
    let question = try String(contentsOfFile: sandbox.path("question"), encoding: .utf8)
    #expect(question.contains("protocol=https\nhost=git.acme.test:8443\n"))
    _ = try await asking.credential(for: url(), user: "you")
    #expect(try String(contentsOfFile: sandbox.path("question"), encoding: .utf8).contains("username=you\n"))
  }

  @Test func `nobody is asked where no helper knows, whatever asks for passwords there is`() async throws {
    try sandbox.write("#!/bin/sh\ntouch '\(sandbox.path("asked"))'\necho x\n", to: "ask")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: sandbox.path("ask"))
    let ask = ["GIT_ASKPASS": sandbox.path("ask"), "SSH_ASKPASS": sandbox.path("ask"), "DISPLAY": ":0"]
    #expect(try await helper(nil, more: ask).credential(for: url(), user: nil) == nil)
    #expect(try await helper("exit 1", more: ask).credential(for: url(), user: nil) == nil)
    #expect(try await helper("echo username=me", more: ask).credential(for: url(), user: nil) == nil)
    #expect(!FileManager.default.fileExists(atPath: sandbox.path("asked")))
  }

  @Test func `a helper that hangs is ended with all it started`() async throws {
    let hanging = helper("echo $$ > '\(sandbox.path("pid"))'; sleep 1000 & wait", timeout: .seconds(15))
    await #expect(throws: GitCredentialError.helperTimeout(host: "git.acme.test:8443", seconds: 15)) {
      try await hanging.credential(for: url(), user: nil)
    }
    let text = try String(contentsOfFile: sandbox.path("pid"), encoding: .utf8).trimmingCharacters(in: .newlines)
    let process = try #require(pid_t(text))
    var isGone = false
    for _ in 0..<500 where !isGone {
      isGone = kill(process, 0) == -1
      if !isGone { try await Task.sleep(for: .milliseconds(10)) }
    }
    #expect(isGone)
  }

  @Test func `without the git program there are no helpers`() async throws {
    let none = GitCredentialHelper(environment: ["PATH": sandbox.path("home")], directory: sandbox.root)
    #expect(try await none.credential(for: url(), user: nil) == nil)
  }
}
