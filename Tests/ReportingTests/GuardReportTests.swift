import Dialects
import Pinning
import References
import Reporting
import Testing

@Suite struct GuardReportTests {
  static func tag(_ text: String, mayMove: Bool = false) -> GuardedTag {
    let parts = text.split(separator: ":").map(String.init)
    let name = parts[0].split(separator: "/", maxSplits: 1).map(String.init)
    let reference = ImageReference(
      name: ImageName(registry: name[0], repository: name[1]), tag: parts.count > 1 ? Tag(parts[1]) : nil, digest: nil)
    return GuardedTag(reference, content: .manifest(Digest(digestA)!), mayMove: mayMove)
  }

  static var theirs: ExistingTag {
    var existing = ExistingTag(digest: Digest(digestB)!)
    (existing.created, existing.revision, existing.source) = ("2026-08-01T10:00:00Z", "1a2b3c4", "https://example.test/\u{1B}[2Japp")
    return existing
  }

  static let report: GuardReport = {
    var lacking = ExistingTag(digest: Digest(digestA)!)
    lacking.platforms = [Platform("linux/amd64")!]
    lacking.missingPlatforms = [Platform("linux/arm64")!, Platform("linux/s390x")!]
    var report = GuardReport([
      .init(tag("ghcr.io/acme/app:1"), .free(.exists)),
      .init(tag("ghcr.io/acme/app:2"), .free(.unchecked(Unresolved(.other, why: "ghcr.io answered 403")))),
      .init(tag("ghcr.io/acme/app:3"), .same(Digest(digestA)!)),
      .init(tag("ghcr.io/acme/app:4"), .taken(theirs, .otherContent(expected: Digest(digestA)!))),
      .init(tag("ghcr.io/acme/app:5"), .taken(lacking, .platforms)),
      .init(tag("ghcr.io/acme/app"), .taken(ExistingTag(digest: nil), .nothingToCompare)),
      .init(tag("ghcr.io/acme/new:1"), .missingRepository),
      .init(tag("ghcr.io/acme/app:6"), .unknown(Unresolved(.other, why: "ghcr.io answered 401"), hint: "log in")),
      .init(tag("ghcr.io/acme/app:main", mayMove: true), .taken(theirs, .nothingToCompare)),
    ])
    report.warnings = ["the registry, says"]
    return report
  }()

  @Test func `text is one line each, made harmless`() {
    #expect(
      Self.report.text() == """
        free     ghcr.io/acme/app:1
        free     ghcr.io/acme/app:2: whether its repository exists could not be checked: ghcr.io answered 403
        same     ghcr.io/acme/app:3@\(digestA)
        taken    ghcr.io/acme/app:4: it is \(digestB), not the \(digestA) that is to be pushed, created 2026-08-01T10:00:00Z, \
        revision 1a2b3c4, source https://example.test/\\x1b[2Japp
        taken    ghcr.io/acme/app:5: it is \(digestA), not for linux/arm64, linux/s390x, only for linux/amd64
        taken    ghcr.io/acme/app:latest: it is a manifest of Docker's schema 1
        missing  ghcr.io/acme/new:1: there is no such repository; check the name, or use --allow-new-repository if the push is to create it
        unknown  ghcr.io/acme/app:6: ghcr.io answered 401; log in
        taken    ghcr.io/acme/app:main: it is \(digestB), created 2026-08-01T10:00:00Z, revision 1a2b3c4, \
        source https://example.test/\\x1b[2Japp (allowed to move)

        """)
  }

  @Test func `quietly, only what stands in the way is shown`() {
    let lines = Self.report.text(onlyProblems: true).split(separator: "\n")
    #expect(lines.map { $0.prefix { $0 != " " } } == ["taken", "taken", "taken", "missing", "unknown"])
    #expect(!lines.contains { $0.hasSuffix("(allowed to move)") })
  }

  @Test func `colours follow what the state means`() {
    let lines = Self.report.text(colour: true).split(separator: "\n")
    #expect(lines[0].hasPrefix("\u{1B}[32mfree\u{1B}[0m "))
    #expect(lines[3].hasPrefix("\u{1B}[31mtaken\u{1B}[0m "))
    #expect(lines[8].hasPrefix("\u{1B}[33mtaken\u{1B}[0m "))
  }

  @Test func `after the push, text says what became of it`() {
    var report = GuardReport([
      .init(Self.tag("a/b:1"), .free(.exists), .present(Digest(digestA)!)),
      .init(Self.tag("a/b:2"), .free(.exists), .moved(to: Digest(digestB)!, expected: Digest(digestA)!)),
      .init(Self.tag("a/b:3"), .free(.exists), .missing),
      .init(Self.tag("a/b:4"), .same(Digest(digestA)!), .unknown(Unresolved(.other, why: "connection refused"))),
    ])
    report.stage = .confirmed
    #expect(
      report.text() == """
        pushed   a/b:1@\(digestA)
        moved    a/b:2: it is \(digestB), not the \(digestA) that was pushed
        missing  a/b:3: there is no such tag after the push
        unknown  a/b:4: connection refused

        """)
    #expect(report.digestLines == "a/b:1@\(digestA)\n")
    #expect(report.advice(guardsCommand: true)?.contains("check before anything uses it") == true)
    report.entries.removeLast()
    #expect(report.advice(guardsCommand: true)?.contains("compare the digests before anything uses them") == true)
    report.entries.remove(at: 1)
    #expect(report.advice(guardsCommand: true)?.hasPrefix("the command ended well, but the registry has no such tag") == true)
  }

  @Test func `each verdict says what to do`() {
    func advice(_ state: TagState, guardsCommand: Bool = false) -> String? {
      GuardReport([.init(Self.tag("a/b:1"), state)]).advice(guardsCommand: guardsCommand)
    }
    #expect(advice(.free(.exists)) == nil)
    #expect(advice(.same(Digest(digestA)!)) == "the registry has all of it already: nothing to push")
    #expect(advice(.taken(Self.theirs, .nothingToCompare))?.contains("--allow") == true)
    #expect(advice(.missingRepository) == "do not push: a repository that does not exist may be a typing error")
    #expect(advice(.unknown(Unresolved(.other, why: "x"), hint: nil)) == "do not push: a tag that could not be asked for may exist")
    #expect(advice(.same(Digest(digestA)!), guardsCommand: true) == "the registry has all of it already: the command was not run")
    #expect(advice(.unknown(Unresolved(.other, why: "x"), hint: nil), guardsCommand: true)?.hasPrefix("the command was not run: ") == true)
  }

  @Test func `JSON has all that is known, and null for what is not`() {
    let report = GuardReport([
      .init(Self.tag("a/b:1"), .taken(Self.theirs, .otherContent(expected: Digest(digestA)!))),
      .init(Self.tag("a/b:2", mayMove: true), .free(.exists)),
    ])
    #expect(
      report.json == """
        {
          "version": 1,
          "command": "guard",
          "exitCode": 1,
          "result": "taken",
          "digest": null,
          "references": [
            {
              "reference": "a/b:1",
              "state": "taken",
              "allowed": false,
              "digest": "\(digestB)",
              "expected": "\(digestA)",
              "created": "2026-08-01T10:00:00Z",
              "revision": "1a2b3c4",
              "source": "https://example.test/\\u001b[2Japp",
              "platforms": [],
              "missingPlatforms": [],
              "message": "it is \(digestB), not the \(digestA) that is to be pushed, created 2026-08-01T10:00:00Z, revision 1a2b3c4, \
        source https://example.test/\\u001b[2Japp"
            },
            {
              "reference": "a/b:2",
              "state": "free",
              "allowed": true,
              "digest": null,
              "expected": "\(digestA)",
              "created": null,
              "revision": null,
              "source": null,
              "platforms": [],
              "missingPlatforms": [],
              "message": null
            }
          ],
          "warnings": []
        }

        """)
  }

  @Test func `annotations are errors for what stands in the way`() {
    let lines = Self.report.gitHubAnnotations.split(separator: "\n").map(String.init)
    #expect(lines.count == 6)
    #expect(lines[0].hasPrefix("::error title=tagpin%3A taken::ghcr.io/acme/app:4: it is \(digestB)"))
    #expect(lines[3].hasPrefix("::error title=tagpin%3A missing::ghcr.io/acme/new:1: there is no such repository"))
    #expect(lines[5] == "::warning title=tagpin%3A warning::the registry, says")
  }

  @Test func `outputs are the result and the one digest`() {
    #expect(Self.report.gitHubOutputs == "result=unknown\ndigest=\n")
    #expect(GuardReport([.init(Self.tag("a/b:1"), .same(Digest(digestA)!))]).gitHubOutputs == "result=same\ndigest=\(digestA)\n")
  }

  @Test func `the summary is a table in which nothing of a registry is Markdown`() {
    var existing = ExistingTag(digest: Digest(digestB)!)
    existing.source = "a|b`c"
    let page = GuardReport([.init(Self.tag("a/b:1"), .taken(existing, .nothingToCompare))]).gitHubStepSummary(guardsCommand: false)
    #expect(page.hasPrefix("### tagpin guard\n\n**taken**: do not push"))
    #expect(page.contains("| `a/b:1` | taken | ``it is \(digestB), source a\\|b`c`` |\n"))
  }

  @Test func `what lets new repositories pass is said once for a host, and never of a tag that it does not let pass`() {
    func entry(_ text: String, isFree: Bool) -> GuardReport.Entry {
      let why = Unresolved(.refused, host: "r.test", why: "r.test refuses \(text)", whyOfHost: "r.test refuses")
      return .init(Self.tag("r.test/\(text)"), isFree ? .free(.unchecked(why)) : .unknown(why, hint: nil))
    }
    let tags = ["a:1", "b:1", "c:1", "d:1"].map { entry($0, isFree: true) }
    let missing = GuardReport.Entry(Self.tag("r.test/new:1"), .free(.missing))
    let report = GuardReport(tags + [entry("e:1", isFree: false), missing])
    #expect(
      report.text() == """
        free     whether its repository exists could not be checked: r.test refuses: 4 references (r.test/a:1, r.test/b:1, r.test/c:1, and 1 more)
        unknown  r.test/e:1: r.test refuses e:1
        free     r.test/new:1: its repository does not exist yet

        """)
    #expect(report.text(onlyProblems: true).hasPrefix("unknown  r.test/e:1"))
    #expect(report.json.matches(of: /could not be checked: r.test refuses [a-d]:1/).count == 4)
    #expect(GuardReport([tags[0]]).text() == "free  r.test/a:1: whether its repository exists could not be checked: r.test refuses a:1\n")
  }

  @Test func `the same trouble of one host is one line, one annotation and one row`() {
    func unknown(_ text: String, mayMove: Bool = false) -> GuardReport.Entry {
      let why = Unresolved(.refused, host: "r.test", why: "r.test refuses \(text)", whyOfHost: "r.test refuses")
      return .init(Self.tag("r.test/\(text)", mayMove: mayMove), .unknown(why, hint: "log in"))
    }
    let report = GuardReport(
      ["a:1", "b:1", "c:1", "d:1"].map { unknown($0) } + [unknown("e:1", mayMove: true), .init(Self.tag("s.test/f:1"), .free(.exists))])
    let message = "r.test refuses; log in: 4 references (r.test/a:1, r.test/b:1, r.test/c:1, and 1 more)"
    #expect(
      report.text() == """
        unknown  \(message)
        unknown  r.test/e:1: r.test refuses e:1; log in (allowed to move)
        free     s.test/f:1

        """)
    #expect(report.gitHubAnnotations == "::error title=tagpin%3A unknown::\(message)\n")
    #expect(report.gitHubStepSummary(guardsCommand: false).contains("| 4 tags | unknown | `\(message)` |\n"))
    #expect(report.json.matches(of: /r.test refuses [a-e]:1; log in/).count == 5)
  }
}
