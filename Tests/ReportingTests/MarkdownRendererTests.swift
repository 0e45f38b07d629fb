import Dialects
import Pinning
import Reporting
import Rules
import SourceText
import Testing

@Suite struct MarkdownRendererTests {
  @Test func `pin shows failures, then each reference once with its places`() {
    var report = everything(.pin)
    report.files.append(
      FileReport(path: "other/compose.yaml", sites: [site("nginx:1.25", 3, 5, .changed(to: "nginx:1.25@" + digestA))], change: change()))
    report.warnings = [Warning(.registryWarning, "a mirror is slow")]
    #expect(
      MarkdownRenderer.render(report) == """
        `tagpin pin`: 2 changed, 1 unpinned, 2 pinned, 1 skipped, 1 failed in 3 files, 1 file failed, 1 file skipped

        | failed | why | to leave it out, in `.tagpin.yaml` |
        | --- | --- | --- |
        | `compose.yaml:50` | `cannot resolve 'nginx:1.99': registry-1.docker.io answered 404 (no such tag)` | `ignore: [{ image: "nginx:1.99" }]` |
        | `deploy/broken.yaml:3` | `a ':' is missing` | `exclude: ["deploy/broken.yaml"]` |

        | old | new | files |
        | --- | --- | --- |
        | `nginx:1.25` | `sha256:4c1f0a9b2d3e…` | `compose.yaml:12`, `other/compose.yaml:3` |

        Warning: `a mirror is slow`

        """)
  }

  @Test func `update tells what was pinned before, and two old digests apart`() {
    let sites = [
      site("redis:7@" + digestA, 1, 1, .changed(to: "redis:7@" + digestB)), site("redis:7", 2, 1, .changed(to: "redis:7@" + digestB)),
      site("busybox", 3, 1, .changed(to: "busybox:latest@" + digestA)),
    ]
    let report = Report(command: .update, files: [FileReport(path: "a.yaml", sites: sites, change: change())])
    #expect(
      MarkdownRenderer.render(report) == """
        `tagpin update`: 3 changed in 1 file

        | old | new | files |
        | --- | --- | --- |
        | `busybox` | `busybox:latest@sha256:4c1f0a9b2d3e…` | `a.yaml:3` |
        | `redis:7` | `sha256:b0b0b0b0b0b0…` | `a.yaml:2` |
        | `redis:7@sha256:4c1f0a9b2d3e…` | `sha256:b0b0b0b0b0b0…` | `a.yaml:1` |

        """)
  }

  @Test func `unpin goes back to the tag`() {
    let report = Report(
      command: .unpin,
      files: [FileReport(path: "a.yaml", sites: [site("redis:7@" + digestA, 1, 1, .changed(to: "redis:7"))], change: change())])
    #expect(MarkdownRenderer.render(report).hasSuffix("| `redis:7@sha256:4c1f0a9b2d3e…` | `redis:7` | `a.yaml:1` |\n"))
  }

  @Test func `what was not written has a table of its own, and a dry run has not`() {
    var report = everything(.pin, isWritten: false)
    report.notWritten = "1 failed"
    let page = MarkdownRenderer.render(report)
    #expect(page.contains("\n**Nothing written:** `1 failed`\n"))
    #expect(page.contains("\n| not written: old | new | files |\n"))
    #expect(!page.contains("\n| old |"))
    let planned = MarkdownRenderer.render(everything(.pin, isDryRun: true, isWritten: false))
    #expect(planned.hasPrefix("`tagpin pin`: 1 would change, "))
    #expect(planned.contains("\n| old | new | files |\n"))
    #expect(!planned.contains("not written"))
  }

  @Test func `check shows what is unpinned, list every state`() {
    let files = [
      FileReport(path: "a", sites: [site("x", 2, 3, .unpinned), site("y@" + digestA, 3, 3, .pinned)]),
      FileReport(path: "b", sites: [site("x", 9, 3, .unpinned), site("${T}", 10, 3, .skipped(.notLiteral("${T}")))]),
    ]
    #expect(
      MarkdownRenderer.render(Report(command: .check, files: files)) == """
        `tagpin check`: 2 unpinned, 1 pinned; 1 not pinnable as it stands (filled in elsewhere), in 2 files

        | found | rule | files |
        | --- | --- | --- |
        | `x` | `latest-tag` | `a:2`, `b:9` |

        """)
    #expect(
      MarkdownRenderer.render(Report(command: .list, files: files)) == """
        `tagpin list`: 2 unpinned, 1 pinned; 1 not pinnable as it stands (filled in elsewhere), in 2 files

        | reference | state | files |
        | --- | --- | --- |
        | `${T}` | `skipped ('${T}' is filled in elsewhere)` | `b:10` |
        | `x` | `unpinned` | `a:2`, `b:9` |
        | `y@sha256:4c1f0a9b2d3e…` | `pinned` | `a:3` |

        """)
  }

  @Test func `a commit that failed is said`() {
    var report = Report(command: .pin)
    report.commit = CommitReport(.failed(problem: "the index is locked"), branch: nil, author: "a <b>")
    #expect(MarkdownRenderer.render(report) == "`tagpin pin`: no references found\n\n**Not committed:** `the index is locked`\n")
  }

  @Test func `a run with nothing to say is one line`() {
    #expect(MarkdownRenderer.render(Report(command: .check)) == "`tagpin check`: no references found\n")
  }

  @Test func `names of files and references cannot mention people or end a cell`() {
    let report = Report(command: .check, files: [FileReport(path: "@acme/a|b`c.yaml", sites: [site("@x](y)|`<img>`", 1, 1, .unpinned)])])
    #expect(MarkdownRenderer.render(report).hasSuffix("\n| `` @x](y)\\|`<img>` `` | `unpinned` | ``@acme/a\\|b`c.yaml:1`` |\n"))
  }

  @Test func `a reference in many files names some of them, and how many more`() {
    let files = (1...25).map { FileReport(path: "f\($0)", sites: [site("x", 1, 1, .unpinned)]) }
    let row = MarkdownRenderer.render(Report(command: .check, files: files)).split(separator: "\n").last
    #expect(row?.count(where: { $0 == "," }) == 19)
    #expect(row?.hasSuffix("`f7:1` and 5 more |") == false)
    #expect(row?.hasSuffix(" and 5 more |") == true)
  }

  @Test(arguments: [1000, 5000]) func `a body is never longer than GitHub takes, and says what it leaves out`(count: Int) throws {
    let sites = (1...count).map { site("registry.example.test/team/application-\($0):1.0", $0, 1, .changed(to: "x:1.0@" + digestA)) }
    let failed = site("y", count + 1, 1, .failed(notFound))
    let page = MarkdownRenderer.render(
      Report(command: .pin, files: [FileReport(path: "deploy/a.yaml", sites: sites + [failed], change: change())]))
    #expect(page.utf8.count <= 60_000)
    #expect(page.contains("| `deploy/a.yaml:\(count + 1)` |"))
    let shown = page.split(separator: "\n").count { $0.hasPrefix("| `registry.") }
    #expect(shown > 300)
    #expect(page.hasSuffix("\n… and \(count - shown) more, which the other formats show\n"))
  }
}
