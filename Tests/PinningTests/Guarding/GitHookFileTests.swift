import Foundation
import Pinning
import Testing

@Suite struct GitHookFileTests {
  let directory: TemporaryDirectory
  let hook: GitHookFile

  init() throws {
    directory = try TemporaryDirectory()
    hook = GitHookFile(directory: directory.path("hooks"))
  }

  private func mode() throws -> Int? { try FileManager.default.attributesOfItem(atPath: hook.path)[.posixPermissions] as? Int }

  @Test func `it is written once, executable, with its directory`() throws {
    #expect(try hook.install() == .written)
    #expect(try mode() == 0o755)
    let text = try directory.read("hooks/pre-push")
    #expect(text.hasPrefix("#!/bin/sh\n"))
    #expect(text.hasSuffix("exec tagpin guard --git-hook \"$1\" \"$2\"\n"))
    #expect(try hook.install() == .present)
    #expect(try directory.read("hooks/pre-push") == text)
  }

  @Test func `what git would not run is made executable`() throws {
    #expect(try hook.install() == .written)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: hook.path)
    #expect(try hook.install() == .present)
    #expect(try mode() == 0o755)
  }

  @Test func `one that was changed stays as it is`() throws {
    #expect(try hook.install() == .written)
    let text = try directory.read("hooks/pre-push").replacing("guard --git-hook", with: "guard --allow latest --git-hook")
    try directory.write(text, to: "hooks/pre-push", permissions: 0o755)
    #expect(try hook.install() == .changed)
    #expect(try directory.read("hooks/pre-push") == text)
  }

  @Test(arguments: [
    "", "#!/bin/sh\nexit 0\n", "#!/bin/sh\n# like: # Written by 'tagpin guard --install-hook'; to take it back, remove this file.\n",
  ])
  func `another hook stays as it is`(_ text: String) throws {
    try directory.write(text, to: "hooks/pre-push", permissions: 0o755)
    #expect(try hook.install() == .foreign)
    #expect(try directory.read("hooks/pre-push") == text)
  }

  @Test func `nothing is written through a link`() throws {
    try FileManager.default.createDirectory(atPath: directory.path("hooks"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: hook.path, withDestinationPath: directory.path("elsewhere"))
    #expect(try hook.install() == .foreign)
    try directory.write("text", to: "elsewhere")
    #expect(try hook.install() == .foreign)
    #expect(try directory.read("elsewhere") == "text")
  }

  @Test func `a directory in its place is another hook, and a missing place an error`() throws {
    try FileManager.default.createDirectory(atPath: hook.path, withIntermediateDirectories: true)
    #expect(try hook.install() == .foreign)
    #expect(throws: SystemError(code: ENOENT)) { try GitHookFile(directory: directory.path("a/b/hooks")).install() }
  }
}
