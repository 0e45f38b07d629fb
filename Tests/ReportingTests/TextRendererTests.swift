import Dialects
import Pinning
import Reporting
import Rules
import SourceText
import Testing

@Suite struct TextRendererTests {
  static let failures = """
    compose.yaml:50:12: error: cannot resolve 'nginx:1.99': registry-1.docker.io answered 404 (no such tag)
      to leave it out, in .tagpin.yaml: ignore: [{ image: "nginx:1.99" }]
    deploy/broken.yaml:3:7: error: a ':' is missing
      to leave it out, in .tagpin.yaml: exclude: ["deploy/broken.yaml"]

    """

  @Test func `pin shows what it changed, what it left unpinned and what failed`() {
    #expect(
      TextRenderer().render(everything(.pin)) == """
        compose.yaml
          12:9   nginx:1.25 → sha256:4c1f0a9b2d3e…
          60:12  busybox      unpinned

        \(Self.failures)
        1 changed, 1 unpinned, 2 pinned, 1 skipped, 1 failed in 2 files, 1 file failed, 1 file skipped

        """)
  }

  @Test func `unpin shows what it changed`() {
    let report = Report(
      command: .unpin,
      files: [
        FileReport(
          path: "Dockerfile",
          sites: [
            site("nginx:1.25@" + digestA, 3, 6, .changed(to: "nginx:1.25")), site("alpine:3", 1, 6, .unpinned),
            site("redis@" + digestB, 5, 6, .skipped(.noTagRecorded)),
          ], change: change())
      ])
    #expect(
      TextRenderer().render(report) == """
        Dockerfile
          3:6  nginx:1.25@sha256:4c1f0a9b2d3e… → nginx:1.25

        1 changed, 1 unpinned, 1 skipped in 1 file

        """)
  }

  @Test func `update shows the old digest beside the new one`() {
    let report = Report(
      command: .update, isDryRun: true,
      files: [
        FileReport(
          path: "a.yaml", sites: [site("x/y:1@" + digestA, 1, 2, .changed(to: "x/y:1@" + digestB))], change: change(isWritten: false))
      ])
    #expect(
      TextRenderer().render(report) == """
        a.yaml
          1:2  x/y:1@sha256:4c1f0a9b2d3e… → sha256:b0b0b0b0b0b0…

        1 would change in 1 file

        """)
  }

  @Test func `a change that is more than a digest is shown whole`() {
    let report = Report(
      command: .pin,
      files: [
        FileReport(
          path: "a.yaml",
          sites: [
            site("nginx", 1, 2, .changed(to: "nginx:latest@" + digestA)), site("redis:7", 2, 2, .changed(to: "redis@" + digestB)),
          ], change: change())
      ])
    #expect(
      TextRenderer(detail: .normal).render(report) == """
        a.yaml
          1:2  nginx   → nginx:latest@sha256:4c1f0a9b2d3e…
          2:2  redis:7 → sha256:b0b0b0b0b0b0…

        2 changed in 1 file

        """)
  }

  @Test func `check shows its findings`() {
    #expect(
      TextRenderer().render(everything(.check, isDryRun: true)) == """
        compose.yaml
          60:12  busybox  unpinned [latest-tag]

        \(Self.failures)
        1 would change, 1 unpinned, 2 pinned, 1 failed; 1 not pinnable as it stands (filled in elsewhere), in 2 files, 1 file failed, 1 file skipped
        next: 'tagpin pin'; 'tagpin explain compose.yaml:40' says what to do there

        """)
  }

  @Test func `list shows everything with its place`() {
    let report = Report(
      command: .list, isDryRun: true, files: everything(.list).files, warnings: [Warning(.registryWarning, "a mirror is slow")])
    #expect(
      TextRenderer().render(report) == """
        api/Dockerfile
          1:6  golang:1.22@sha256:4c1f0a9b2d3e…  FROM  pinned
        chart/templates/pod.yaml
          2:1  skipped (a template)
        compose.yaml
          12:9   nginx:1.25                    services.web.image   → sha256:4c1f0a9b2d3e…
          30:12  redis:7@sha256:b0b0b0b0b0b0…  services.cache.image   pinned
          40:12  ${IMAGE}                      services.app.image     skipped ('${IMAGE}' is filled in elsewhere)
          50:12  nginx:1.99                    services.old.image     failed
          60:12  busybox                       services.box.image     unpinned

        \(Self.failures)
        tagpin: warning: a mirror is slow

        1 would change, 1 unpinned, 2 pinned, 1 failed; 1 not pinnable as it stands (filled in elsewhere), in 2 files, 1 file failed, 1 file skipped
        next: 'tagpin pin'; 'tagpin explain compose.yaml:40' says what to do there

        """)
  }

  @Test func `a verbose list names the dialect and the path that matched`() {
    let report = Report(command: .list, isDryRun: true, files: everything(.list).files.filter { $0.path != "deploy/broken.yaml" })
    let lines = TextRenderer(detail: .verbose).render(report).split(separator: "\n").prefix(6)
    #expect(
      lines.joined(separator: "\n") == """
        api/Dockerfile
          1:6  golang:1.22@sha256:4c1f0a9b2d3e…  FROM  dockerfile  pinned
        chart/templates/pod.yaml
          2:1  skipped (a template)
        compose.yaml
          12:9   nginx:1.25                    services.web.image    compose services.*.image → sha256:4c1f0a9b2d3e…
        """)
  }

  @Test func `the place goes before a line of the terminal wraps`() {
    let place = "spec.template.spec.containers[0].image"
    let files = [
      FileReport(path: "a", sites: [site("nginx:1", 1, 1, .unpinned, place: place)]),
      FileReport(path: "b", sites: [site(String(repeating: "x", count: 30) + ":1", 1, 1, .unpinned, place: place)]),
    ]
    let report = Report(command: .list, files: files)
    #expect(
      TextRenderer(columns: 80).render(report).hasPrefix(
        """
        a
          1:1  nginx:1  \(place)  unpinned
        b
          1:1  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx:1  unpinned

        """))
    #expect(TextRenderer().render(report).contains("x:1  \(place)  unpinned"))
  }

  @Test func `verbose shows every site without its place`() {
    let report = Report(
      command: .check, files: everything(.check).files.filter { $0.path != "compose.yaml" && $0.path != "deploy/broken.yaml" })
    #expect(
      TextRenderer(detail: .verbose).render(report) == """
        api/Dockerfile
          1:6  golang:1.22@sha256:4c1f0a9b2d3e…  pinned
        chart/templates/pod.yaml
          2:1  skipped (a template)

        nothing unpinned: 1 pinned in 1 file, 1 file skipped

        """)
  }

  @Test func `quiet leaves failures and findings`() {
    #expect(TextRenderer(detail: .quiet).render(everything(.pin)) == Self.failures)
    #expect(TextRenderer(detail: .quiet).render(Report(command: .pin, warnings: [Warning(.gitWarning, "w")])) == "")
    let check = Report(command: .check, files: [FileReport(path: "a", sites: [site("x", 1, 1, .unpinned)])])
    #expect(TextRenderer(detail: .quiet).render(check) == "a\n  1:1  x  unpinned [latest-tag]\n")
  }

  @Test func `what a failure elsewhere kept from being written is marked`() {
    var report = everything(.pin, isWritten: false)
    report.notWritten = "1 reference could not be resolved; --keep-going writes the rest"
    let text = TextRenderer().render(report)
    #expect(text.hasPrefix("compose.yaml (not written)\n"))
    #expect(
      text.hasSuffix(
        """

        1 not written, 1 unpinned, 2 pinned, 1 skipped, 1 failed in 2 files, 1 file failed, 1 file skipped
        nothing written: 1 reference could not be resolved; --keep-going writes the rest

        """))
  }

  @Test func `a file that failed beside ones that were written is counted as such`() {
    let files = ["a", "b"].map {
      FileReport(
        path: $0, sites: [site("x", 1, 1, .changed(to: "x:latest@" + digestA))],
        state: $0 == "b" ? .failed(.notRead, problem: "permission denied", at: nil) : nil, change: change(isWritten: $0 == "a"))
    }
    #expect(
      TextRenderer().render(Report(command: .pin, files: files)) == """
        a
          1:1  x → x:latest@sha256:4c1f0a9b2d3e…
        b (not written)
          1:1  x → x:latest@sha256:4c1f0a9b2d3e…

        b: error: permission denied
          to leave it out, in .tagpin.yaml: exclude: ["b"]

        1 changed, 1 not written in 2 files, 1 file failed

        """)
  }

  @Test(arguments: [
    (Report.Command.pin, [SiteState](), "no references found\n"),
    (.list, [], "no references found\n"),
    (.pin, [.pinned], "nothing to change: 1 pinned in 1 file\n"),
    (.update, [.pinned], "nothing to change: 1 pinned in 1 file\n"),
    (.unpin, [.unpinned], "nothing to change: 1 unpinned in 1 file\n"),
    (.check, [.pinned, .skipped(.scratch)], "nothing unpinned: 1 pinned; 1 needs none, in 1 file\n"),
    (
      .check, [.pinned, .skipped(.scratch), .skipped(.notLiteral("$A")), .skipped(.tagElsewhere)],
      "nothing unpinned: 1 pinned; 2 not pinnable as they stand (1 filled in elsewhere, 1 with a tag from elsewhere); 1 needs none, in 1 file\n"
        + "next: 'tagpin explain a:3' says what to do there\n"
    ),
  ])
  func `a run that found nothing says so`(command: Report.Command, states: [SiteState], text: String) {
    let files = states.isEmpty ? [] : [FileReport(path: "a", sites: states.enumerated().map { site("x", $0.offset + 1, 1, $0.element) })]
    #expect(TextRenderer().render(Report(command: command, files: files)) == text)
  }

  @Test(arguments: [
    ("nginx:1.99", "ignore: [{ image: \"nginx:1.99\" }]"),
    ("docker.io/a/b:1@" + digestA, "ignore: [{ image: \"docker.io/a/b:1\" }]"),
  ])
  func `a failure names the line of configuration that leaves it out`(text: String, line: String) {
    let report = Report(command: .check, files: [FileReport(path: "d \"q\".yaml", sites: [site(text, 1, 1, .failed(notFound))])])
    #expect(TextRenderer(configurationPath: "ci/pins.yaml").render(report).contains("\n  to leave it out, in ci/pins.yaml: \(line)\n"))
  }

  @Test(arguments: [
    ("a.yaml", "at the end of its line, or alone above it: # tagpin: ignore"), ("a.json", "in .tagpin.yaml: exclude: [\"a.json\"]"),
  ])
  func `a text that is no reference is left out by itself, where a comment can stand`(path: String, way: String) {
    let report = Report(command: .check, files: [FileReport(path: path, sites: [site("Not An Image", 1, 1, .failed(notFound))])])
    #expect(TextRenderer().render(report).contains("\n  to leave it out, \(way)\n"))
  }

  @Test(arguments: [
    (
      SiteFailure.invalidReference("the repository name 'A' must be lower case"),
      "'A' is not an image reference: the repository name 'A' must be lower case"
    ),
    (.notSpliceable("an escape stands in it"), "cannot rewrite 'A' in place: an escape stands in it"),
    (.noPlaceForTag, "cannot rewrite 'A': the pin is a bare digest here and no comment can record the tag"),
    (.unresolved("ghcr.io did not answer", isAbsence: false), "cannot resolve 'A': ghcr.io did not answer"),
  ])
  func `a failure says what cannot be done with what`(failure: SiteFailure, message: String) {
    let report = Report(command: .pin, files: [FileReport(path: "f", sites: [site("A", 1, 2, .failed(failure))])])
    #expect(TextRenderer(detail: .quiet).render(report).hasPrefix("f:1:2: error: \(message)\n"))
  }

  @Test func `the shown path is the one from the working directory, the excluded one that from the root`() {
    let file = FileReport(path: "sub/a.yaml", shownPath: "../sub/a.yaml", state: .failed(.notRead, problem: "no", at: nil))
    #expect(
      TextRenderer(detail: .quiet).render(Report(command: .pin, files: [file]))
        == "../sub/a.yaml: error: no\n  to leave it out, in .tagpin.yaml: exclude: [\"sub/a.yaml\"]\n")
  }

  @Test func `colour changes nothing but colour`() {
    for command in [Report.Command.pin, .update, .unpin, .check, .list] {
      for detail in [TextRenderer.Detail.quiet, .normal, .verbose] {
        var report = everything(command)
        report.notWritten = "why"
        report.warnings = [Warning(.gitWarning, "w")]
        let plain = TextRenderer(detail: detail).render(report)
        let coloured = TextRenderer(detail: detail, colour: true).render(report)
        #expect(coloured.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
        #expect(!plain.utf8.contains(0x1B))
        #expect(!plain.contains(" \n"))
      }
    }
    let report = Report(command: .list, files: [everything(.pin).files[2]])
    #expect(
      TextRenderer(colour: true).render(report).hasPrefix(
        "\u{1B}[1mcompose.yaml\u{1B}[0m\n  \u{1B}[2m12:9\u{1B}[0m   nginx:1.25"))
    #expect(TextRenderer(colour: true).render(report).contains(" → \u{1B}[32msha256:4c1f0a9b2d3e…\u{1B}[0m\n"))
    #expect(TextRenderer(colour: true).render(report).contains("\u{1B}[2mskipped ("))
    #expect(TextRenderer(colour: true).render(report).contains("\u{1B}[33munpinned\u{1B}[0m"))
    #expect(TextRenderer(colour: true).render(report).contains("\u{1B}[31merror:\u{1B}[0m "))
  }

  @Test func `texts from files and servers cannot write to the terminal`() {
    let evil = "\u{1B}]0;x\u{07}\u{9B}31m\r\n\u{202E}"
    let report = Report(
      command: .list,
      files: [
        FileReport(
          path: "p" + evil,
          sites: [
            site("i" + evil, 1, 1, .skipped(.notLiteral(evil)), place: evil),
            site("j" + evil, 2, 1, .failed(.unresolved(evil, isAbsence: false))),
          ],
          state: .failed(.notRead, problem: evil, at: nil)),
        FileReport(path: "q", state: .skipped(.template, reason: evil, at: nil)),
      ], notWritten: evil, warnings: [Warning(.gitWarning, evil)])
    let texts = [
      TextRenderer(detail: .verbose).render(report), JSONRenderer.render(report), GitHubRenderer.render(report),
      GitHubRenderer.stepSummary(report),
      ResolveReport([.init(evil, .failed(.unresolved(evil, isAbsence: false)))]).failures(),
    ]
    for text in texts {
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x202E })
    }
    #expect(texts[0].contains("warning: \\x1b]0;x\\x07\\x9b31m\\r\\n\\u202e\n"))
    #expect(texts[0].split(separator: "\n").count == 13)
  }

  @Test func `files and sites are shown in order, however they were given`() {
    let paths = ["b", "a/z", "a-b", "é", "Z"]
    let report = Report(
      command: .list, files: paths.map { FileReport(path: $0, sites: [site("x", 20, 1, .pinned), site("x", 3, 1, .pinned)]) })
    let lines = TextRenderer(detail: .quiet).render(report).split(separator: "\n").map(String.init)
    #expect(lines.filter { !$0.hasPrefix(" ") } == ["Z", "a-b", "a/z", "b", "é"])
    #expect(lines[1].hasPrefix("  3:1   x") && lines[2].hasPrefix("  20:1  x"))
  }
}
