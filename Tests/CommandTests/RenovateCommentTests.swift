import ServersForTests
import Testing

/// A tag and its digest under a comment of Renovate, in files of all kinds: `update` moves what stands there, and nothing else is written.
@Suite(.timeLimit(.minutes(1))) struct RenovateCommentTests {
  private static let image = Image.single("app")
  private static let old = "sha256:\(String(repeating: "a", count: 64))"

  private func withImage(_ body: (Sandbox, _ comment: String) async throws -> Void) async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      try await Sandbox.with { sandbox in
        try await body(sandbox, "renovate: datasource=docker depName=\(server.host)/team/app")
      }
    }
  }

  @Test(arguments: [
    ("versions.env", "# COMMENT\nAPP_VERSION=1.2@DIGEST\n"), ("versions.env", "# COMMENT\nAPP_VERSION=1.2\nAPP_DIGEST=DIGEST\n"),
    ("Dockerfile", "# COMMENT\nARG APP_VERSION=1.2@DIGEST\nFROM scratch\n"),
    ("Dockerfile", "FROM scratch\n# COMMENT\nENV APP_VERSION 1.2@DIGEST\n"),
    ("Dockerfile", "# COMMENT\nARG APP_VERSION=1.2\nARG APP_DIGEST=DIGEST\nFROM scratch\n"),
    ("Makefile", "# COMMENT\nAPP_VERSION ?= 1.2@DIGEST\n"), ("Makefile", "# COMMENT\nAPP_VERSION := 1.2\nAPP_DIGEST := DIGEST\n"),
    ("build.sh", "# COMMENT\nexport APP_VERSION=\"1.2\"\nexport APP_DIGEST=\"DIGEST\"\n"),
    ("main.tf", "locals {\n  # COMMENT\n  version = \"1.2\"\n  digest  = \"DIGEST\"\n}\n"),
    ("main.tf", "locals {\n  // COMMENT\n  version = \"1.2@DIGEST\"\n}\n"),
    ("values.yaml", "app:\r\n  # COMMENT\r\n  version: \"1.2\"\r\n  digest: DIGEST # kept\r\n"),
    (".github/workflows/a.yml", "env:\n  # COMMENT\n  APP_VERSION: 1.2@DIGEST\n"),
  ]) func `update moves the digest, and pin and unpin leave the file or its digest alone`(_ path: String, _ text: String) async throws {
    try await withImage { sandbox, comment in
      let text = text.replacing("COMMENT", with: comment)
      let input = Self.filled(text, Self.old)
      try await sandbox.track([path: input])
      let pinned = try await sandbox.tagpin("pin")
      #expect(try sandbox.text(path) == input, "\(pinned.outputText)")
      let updated = try await sandbox.tagpin("update")
      #expect(updated.status == 0, "\(updated.errorText)\(updated.outputText)")
      #expect(try sandbox.text(path) == Self.filled(text, Self.image.digest), "\(updated.outputText)")
      let again = try await sandbox.tagpin("update", "--exit-code")
      #expect(again.status == 0, "\(again.outputText)")
    }
  }

  /// `DIGEST` as a value, not as a part of a name.
  private static func filled(_ text: String, _ digest: String) -> String {
    text.replacing("@DIGEST", with: "@\(digest)").replacing("=DIGEST", with: "=\(digest)").replacing(" DIGEST", with: " \(digest)")
      .replacing("\"DIGEST", with: "\"\(digest)")
  }

  @Test func `a digest that has a line of its own stays when the rest is unpinned, and that is said`() async throws {
    try await withImage { sandbox, comment in
      let text = "# \(comment)\nAPP_VERSION=1.2\nAPP_DIGEST=\(Self.old)\n"
      try await sandbox.track(["versions.env": text])
      let outcome = try await sandbox.tagpin("unpin", "--verbose")
      #expect(try sandbox.text("versions.env") == text)
      #expect(outcome.outputText.contains("unpin it by hand"), "\(outcome.outputText)")
    }
  }

  @Test(arguments: [
    "APP_VERSION=1.2\nAPP_SHA256=DIGEST\n", "APP_VERSION=1.2\n\nAPP_DIGEST=DIGEST\n", "APP_VERSION=1.2 APP_DIGEST=DIGEST\n",
    "APP_VERSION=1.2\n# APP_DIGEST=DIGEST\n", "APP_VERSION=1.2-$SUFFIX\nAPP_DIGEST=DIGEST\n",
  ]) func `what is no pair is left alone`(_ lines: String) async throws {
    try await withImage { sandbox, comment in
      let text = "# \(comment)\n" + Self.filled(lines, Self.old)
      try await sandbox.track(["versions.env": text])
      let outcome = try await sandbox.tagpin("update")
      #expect(try sandbox.text("versions.env") == text, "\(outcome.outputText)")
    }
  }
}
