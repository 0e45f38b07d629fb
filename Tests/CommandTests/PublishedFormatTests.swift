import Foundation
import ServersForTests
import Testing

/// Formats that others define, held to models of them from PyPI; and the JSON report, held to the schema that tagpin prints.
@Suite(.timeLimit(.minutes(30))) struct PublishedFormatTests {
  private static let linters = Example.root.appending(path: ".build/linters/bin").path
  private static let golden = Example.root.appending(path: "Tests/ReportingTests/Golden").path

  /// Fails by what the model does not know, and by what has another type there.
  private static let readSARIF = """
    import sys
    from pydantic import BaseModel
    from sarif_pydantic import Sarif
    from sarif_pydantic.sarif import Suppression

    # Of the standard (3.14.14, 3.27.23, 3.49.7), and missing in the model.
    missing = ("runs.columnKind", "runs.results.suppressions", "runs.version_control_provenance.mappedTo")

    def unknown(model, path):
        for name in model.model_extra or {}:
            if path + name not in missing:
                yield path + name
        for name in type(model).model_fields:
            value = getattr(model, name)
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, BaseModel):
                    yield from unknown(item, path + name + ".")

    log = Sarif.model_validate_json(open(sys.argv[1], encoding="utf-8").read())
    found = sorted(set(unknown(log, "")))
    results = [result for run in log.runs for result in run.results or []]
    for result in results:
        for suppression in (result.model_extra or {}).get("suppressions", []):
            found += sorted(unknown(Suppression.model_validate(suppression), "suppressions."))
    rules = [rule.id for run in log.runs for rule in run.tool.driver.rules or []]
    bad = [result.rule_id for result in results if rules[result.rule_index] != result.rule_id]
    print(len(results), found, bad)
    sys.exit(1 if found or bad or not results else 0)
    """

  private func checkSARIF(_ file: String, _ sandbox: Sandbox) async throws {
    let outcome = try await sandbox.program("\(Self.linters)/python").run(["-c", Self.readSARIF, file])
    #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
  }

  private static let files = [
    "compose.yaml": "services:\n  a: {image: nginx}\n  b: {image: 'redis:7'} # tagpin: ignore\n  c: {image: '${IMAGE}'}\n",
    "broken/compose.yaml": "services: [\n", "Dockerfile": "FROM golang:1.22.1\n", ".tagpin.yaml": "registries-allowed: ['ghcr.io/**']\n",
  ]

  @Test func `SARIF is what its model reads, of every rule and of a run`() async throws {
    try await Sandbox.with(Self.files) { sandbox in
      try await checkSARIF("\(Self.golden)/every-rule.sarif", sandbox)
      let token = "glpat-of-this-remote"
      sandbox.secrets.add(token)
      try await sandbox.git("remote", "add", "origin", "https://me:\(token)@git.example/acme/shop.git")
      try await sandbox.git("commit", "-q", "-m", "start")
      _ = try await sandbox.tagpin("check", "--report", "sarif=\(sandbox.root)/run.sarif")
      try await checkSARIF("\(sandbox.root)/run.sarif", sandbox)
      let log = try sandbox.text("\(sandbox.root)/run.sarif")
      #expect(log.contains("\"repositoryUri\": \"https://git.example/acme/shop.git\""))
      #expect(log.contains("\"revisionId\": \"\(try await sandbox.git("rev-parse", "HEAD").prefix(40))\""))
    }
  }

  @Test func `the JSON report is what its schema says, of every rule and of runs`() async throws {
    try await Sandbox.with(Self.files) { sandbox in
      try sandbox.write(try await sandbox.tagpin("schema", "report").output, to: "\(sandbox.root)/schema.json")
      var reports = ["\(Self.golden)/every-rule.json"]
      let runs: [[String]] = [
        ["check"], ["list"], ["check", "--baseline", "known.tsv", "--update-baseline"], ["check", "--since", "HEAD"],
        ["unpin", "--dry-run"],
      ]
      try await sandbox.git("commit", "-q", "-m", "start")
      for (index, run) in runs.enumerated() {
        let file = "\(sandbox.root)/\(index).json"
        let outcome = try await sandbox.program(Program.tagpinPath).run(run + ["--report", "json=\(file)"])
        #expect(FileManager.default.fileExists(atPath: file), "\(run) \(outcome.errorText)")
        reports.append(file)
      }
      let outcome = try await sandbox.program("\(Self.linters)/check-jsonschema")
        .run(["--schemafile", "\(sandbox.root)/schema.json"] + reports)
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
    }
  }
}
