import Configuration
import Dialects
import Pinning
import References
import Rules
import SourceText
import Testing

/// What policies make of references, by the layers of the configuration.
@Suite struct PolicyTests {
  private static let digest = "@sha256:" + String(repeating: "a", count: 64)

  /// `organisation` is a trusted layer.
  private func run(
    _ command: Report.Command = .check, organisation: String, repository: String, strict: Bool = false
  ) throws -> Run {
    var options = RunOptions(command, today: CalendarDay("2026-11-29"))
    options.configuration = try LayeredConfiguration([
      .init(SourceText(organisation), file: "org.yaml", trust: .user),
      .init(SourceText(repository), file: ".tagpin.yaml", trust: .repository),
    ]).configuration
    options.isStrict = strict
    return Run(options, resolver: NoAnswer())
  }

  private func report(
    _ manifest: String, path: String = "k8s/prod/pod.yaml", organisation: String = "", repository: String = "", strict: Bool = false
  ) async throws -> Report {
    try await report(manifest, path: path, of: run(organisation: organisation, repository: repository, strict: strict))
  }

  private func report(_ manifest: String, path: String = "k8s/prod/pod.yaml", of run: Run) async throws -> Report {
    let scan = Scan(options: DialectOptions()) { _ in .success(Array(manifest.utf8)) }
    let files = [SourceFile(path: path, absolutePath: "/" + path)].compactMap { scan.scan($0) }
    return await run.plan(on: files)
  }

  private struct NoAnswer: DigestResolving {
    func digest(of reference: ImageReference, platform: Platform?) async throws(SiteFailure) -> Digest { throw .noPlaceForTag }
  }

  private func pods(_ images: [String], namespace: String = "default") -> String {
    images.map {
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: \(namespace)}\nspec:\n  containers:\n    - name: a\n      image: \($0)\n"
    }.joined(separator: "---\n")
  }

  private func findings(_ report: Report) -> [String] {
    report.files.flatMap(\.sites).map { site in
      report.findings(of: site).map { "\($0.counts ? "" : "ignored ")\($0.severity.rawValue) \($0.rule.id)" }.joined(separator: ", ")
    }
  }

  @Test func `without a policy everything below a digest is an error`() async throws {
    let report = try await report(pods(["nginx:latest", "nginx", "nginx:1", "nginx:1.25.3", "nginx:1" + Self.digest]))
    #expect(findings(report) == ["error latest-tag", "error latest-tag", "error floating-tag", "error version-tag", ""])
    #expect(report.exitCode() == 1)
  }

  @Test func `three pods, of which a policy lets the full version pass`() async throws {
    let report = try await report(pods(["nginx:latest", "nginx", "nginx:1.25.3"]), repository: "policy: [{files: '**', require: version}]")
    #expect(findings(report) == ["error latest-tag", "error latest-tag", ""])
  }

  struct Matrix: Sendable, CustomTestStringConvertible {
    var organisation = ""
    var repository = ""
    var image = "nginx:1.25"
    var namespace = "default"
    var finds: String

    var testDescription: String { "\(image) in \(namespace): \(organisation) | \(repository)" }
  }

  static let matrix = [
    // Within a layer the first match counts.
    Matrix(repository: "policy: [{image: 'nginx', require: latest}, {files: '**', require: digest}]", finds: ""),
    Matrix(repository: "policy: [{files: '**', require: digest}, {image: 'nginx', require: latest}]", finds: "error floating-tag"),
    Matrix(repository: "policy: [{image: 'redis', require: latest}]", finds: "error floating-tag"),
    // Of layers the strictest.
    Matrix(
      organisation: "policy: [{files: '**', require: digest}]", repository: "policy: [{files: '**', require: latest}]",
      finds: "error floating-tag"),
    Matrix(
      organisation: "policy: [{files: '**', require: latest}]", repository: "policy: [{files: '**', require: version}]",
      finds: "error floating-tag"),
    Matrix(organisation: "policy: [{files: '**', require: latest}]", repository: "policy: [{files: '**', require: floating}]", finds: ""),
    Matrix(
      organisation: "policy: [{files: '**', require: version, severity: warning}]",
      repository: "policy: [{files: '**', require: digest, severity: note}]", finds: "warning floating-tag"),
    // By namespace, file, and severity.
    Matrix(repository: "policy: [{namespace: [production, prod], require: digest}, {files: '**', require: floating}]", finds: ""),
    Matrix(
      repository: "policy: [{namespace: [production, prod], require: digest}, {files: '**', require: floating}]", image: "nginx:1.25",
      namespace: "prod", finds: "error floating-tag"),
    Matrix(repository: "policy: [{files: 'k8s/prod/**', require: digest}, {files: '**', require: latest}]", finds: "error floating-tag"),
    Matrix(repository: "policy: [{files: 'k8s/dev/**', require: digest}, {files: '**', require: latest}]", finds: ""),
    Matrix(repository: "policy: [{files: '**', require: version, severity: warning}]", finds: "warning floating-tag"),
    Matrix(repository: "policy: [{files: '**', require: version, severity: note}]", finds: "note floating-tag"),
    // Until its last day.
    Matrix(repository: "policy: [{image: nginx, require: latest, until: 2026-11-29}]", finds: ""),
    Matrix(repository: "policy: [{image: nginx, require: latest, until: 2026-11-28}]", finds: "error floating-tag"),
    // Registries, of each layer.
    Matrix(repository: "registries-allowed: ['docker.io/library/**']\npolicy: [{files: '**', require: latest}]", finds: ""),
    Matrix(
      repository: "registries-allowed: ['ghcr.io/acme/**']\npolicy: [{files: '**', require: latest}]", finds: "error registry-not-allowed"),
    Matrix(
      organisation: "registries-allowed: ['ghcr.io/acme/**']",
      repository: "registries-allowed: ['**']\npolicy: [{files: '**', require: latest}]",
      finds: "error registry-not-allowed"),
    // What is ignored stays as what it would be.
    Matrix(repository: "ignore: [{image: nginx, reason: why}]", finds: "ignored error floating-tag"),
    Matrix(repository: "ignore: [{image: nginx, until: 2020-01-01}]", finds: "error floating-tag"),
    // Unless that is forbidden, to a repository.
    Matrix(organisation: "never-ignore: [{image: nginx}]", repository: "ignore: [{image: nginx}]", finds: "error floating-tag"),
    Matrix(organisation: "never-ignore: [{image: redis}]", repository: "ignore: [{image: nginx}]", finds: "ignored error floating-tag"),
    Matrix(organisation: "never-ignore: [{rule: floating-tag}]", repository: "ignore: [{files: '**'}]", finds: "error floating-tag"),
    Matrix(
      organisation: "never-ignore: [{rule: [latest-tag, registry-not-allowed]}]", repository: "ignore: [{files: '**'}]",
      finds: "ignored error floating-tag"),
    Matrix(
      organisation: "never-ignore: [{files: 'k8s/prod/**'}]", repository: "ignore: [{image: nginx}]", image: "nginx:1 # tagpin: ignore",
      finds: "error floating-tag"),
    Matrix(
      organisation: "never-ignore: [{image: nginx}]\nignore: [{image: 'nginx:1.*'}]", repository: "ignore: [{image: nginx}]",
      finds: "ignored error floating-tag"),
    Matrix(organisation: "never-ignore: [{image: nginx}]", image: "nginx:1 # tagpin: ignore", finds: "error floating-tag"),
    Matrix(image: "nginx:1 # tagpin: ignore", finds: "ignored error floating-tag"),
    Matrix(repository: "fail-on: [not-literal]", image: "$(IMAGE)", finds: "error not-literal"),
    Matrix(image: "$(IMAGE)", finds: ""),
  ]

  @Test(arguments: matrix) func `policies decide`(_ example: Matrix) async throws {
    let report = try await report(
      pods([example.image], namespace: example.namespace), organisation: example.organisation, repository: example.repository)
    #expect(findings(report) == [example.finds])
    #expect(report.exitCode() == (example.finds.hasPrefix("error") ? 1 : 0))
  }

  @Test func `strict takes warnings for errors, and a rule that has ended is said`() async throws {
    let policy = "policy: [{files: '**', require: version, severity: warning}, {files: x, require: latest, until: 2020-01-01}]"
    #expect(findings(try await report(pods(["nginx"]), repository: policy, strict: true)) == ["error latest-tag"])
    let warned = try await report(pods(["nginx"]), repository: policy)
    #expect(warned.exitCode() == 0)
    #expect(warned.warnings.map(\.rule) == [.ruleEnded])
    #expect(warned.warnings.first?.text.hasPrefix(".tagpin.yaml:1: the rule of 'policy' ended on 2020-01-01") == true)
  }

  @Test func `the least severity that fails a run can be lowered`() async throws {
    var report = try await report(pods(["nginx:1"]), repository: "policy: [{files: '**', require: version, severity: note}]")
    #expect(report.exitCode() == 0)
    report.threshold = .note
    #expect(report.exitCode() == 1)
  }

  @Test(arguments: [
    ("", "", Severity.warning), ("", "policy: [{state: rebuilt, severity: error}]", .error),
    ("", "policy: [{state: rebuilt, severity: note}, {state: rebuilt, severity: error}]", .note),
    ("policy: [{state: rebuilt, severity: error}]", "policy: [{state: [rebuilt, drift], severity: note}]", .error),
    ("policy: [{state: rebuilt, severity: note}]", "policy: [{state: rebuilt, severity: error}]", .error),
    ("", "policy: [{state: drift, severity: error}, {require: digest}]", .warning),
    ("", "policy: [{state: rebuilt, image: redis, severity: error}]", .warning),
    ("", "policy: [{state: rebuilt, files: 'docs/**', severity: error}, {state: rebuilt, image: nginx, severity: note}]", .note),
    ("", "policy: [{state: rebuilt, severity: error, until: 2026-11-28}]", .warning),
  ])
  func `the first policy of a layer says what a state weighs, and of layers the strictest`(
    _ organisation: String, _ repository: String, _ severity: Severity
  ) async throws {
    let run = try run(.verify, organisation: organisation, repository: repository)
    var report = try await report(pods(["nginx:1.25.3" + Self.digest]), of: run)
    report.files[0].sites[0].state = .verified(Verdict(.rebuilt, .warning, "the same source"))
    report.weighVerdicts(by: run.options.configuration)
    #expect(report.verdicts.map(\.severity) == [severity])
    #expect(report.finding(of: report.files[0].sites[0])?.severity == severity)
  }
}
