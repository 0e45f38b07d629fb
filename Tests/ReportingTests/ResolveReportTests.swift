import Dialects
import References
import Reporting
import Testing

@Suite struct ResolveReportTests {
  let report = ResolveReport([
    .init(
      "nginx:1.25",
      .resolved(
        pinned: "nginx:1.25@" + digestA, digest: Digest(digestA)!, mediaType: "application/vnd.oci.image.index.v1+json", platform: nil)),
    .init("nginx:1.99", .failed(.unresolved("registry-1.docker.io answered 404 (no such tag)", isAbsence: true))),
    .init(
      "redis",
      .resolved(
        pinned: "redis:latest@" + digestB, digest: Digest(digestB)!, mediaType: nil, platform: Platform("linux/arm64/v8"))),
  ])

  @Test func `stdout has the pins alone, stderr the failures`() {
    #expect(report.text == "nginx:1.25@\(digestA)\nredis:latest@\(digestB)\n")
    #expect(report.failures() == "tagpin: error: cannot resolve 'nginx:1.99': registry-1.docker.io answered 404 (no such tag)\n")
    #expect(report.failures(colour: true).hasPrefix("tagpin: \u{1B}[31merror:\u{1B}[0m cannot"))
    #expect(report.exitCode == 2)
    #expect(ResolveReport([report.entries[0]]).exitCode == 0)
  }

  @Test func `JSON has all of them in their order`() {
    #expect(
      report.json == """
        {
          "version": 1,
          "command": "resolve",
          "exitCode": 2,
          "references": [
            {
              "reference": "nginx:1.25",
              "pinned": "nginx:1.25@\(digestA)",
              "digest": "\(digestA)",
              "mediaType": "application/vnd.oci.image.index.v1+json",
              "platform": null
            },
            {
              "reference": "nginx:1.99",
              "error": {
                "code": "not-found",
                "message": "cannot resolve 'nginx:1.99': registry-1.docker.io answered 404 (no such tag)"
              }
            },
            {
              "reference": "redis",
              "pinned": "redis:latest@\(digestB)",
              "digest": "\(digestB)",
              "mediaType": null,
              "platform": "linux/arm64/v8"
            }
          ]
        }

        """)
  }

  @Test func `the same trouble of one host is said once`() {
    func failed(_ reference: String, _ kind: Unresolved.Kind, of repository: String) -> ResolveReport.Entry {
      .init(
        reference,
        .failed(.unresolved(Unresolved(kind, host: "r.test", why: "r.test is bad for \(repository)", whyOfHost: "r.test is bad"))))
    }
    let report = ResolveReport(
      (1...5).map { failed("r.test/a:\($0)", .network, of: "a") } + [
        failed("r.test/b:1", .refused, of: "b"), failed("r.test/c:1", .other, of: "c"),
      ])
    #expect(
      report.failures() == """
        tagpin: error: r.test is bad: 5 references (r.test/a:1, r.test/a:2, r.test/a:3, and 2 more)
          see whether r.test can be reached from here (its name, a proxy in HTTPS_PROXY, a firewall), and run again
        tagpin: error: cannot resolve 'r.test/b:1': r.test is bad for b
        tagpin: error: cannot resolve 'r.test/c:1': r.test is bad for c

        """)
    #expect(report.json.matches(of: /is bad for a/).count == 5)
  }
}
