import Dialects
import Pinning
import References
import Rules
import SourceText

/// SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), as code scanning of GitHub and others take it. What
/// does not count is there as suppressed, except on lines that did not change.
enum SARIFRenderer {
  static func render(_ report: Report, _ options: RenderOptions) -> String {
    let findings = report.shownFindings
    let shown = zip(findings, findings.fingerprints).filter { $0.0.finding.suppression?.kind != .unchanged }
    let rules = Set(shown.map(\.0.rule)).sorted { $0.id < $1.id }
    let indices = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
    let weights = Dictionary(shown.map { ($0.0.rule, $0.0.finding.severity) }, uniquingKeysWith: max)
    let driver = JSONValue.object([
      ("name", .string("tagpin")), ("semanticVersion", .string(options.version)),
      ("rules", .array(rules.map { value($0, weights[$0] ?? .error) })),
    ])
    var run: [(key: String, value: JSONValue)] = [
      ("tool", .object([("driver", driver)])), ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(shown.map { result($0, fingerprint: $1, ruleIndex: indices[$0.rule] ?? 0) })),
      ("invocations", .array([.object([("executionSuccessful", .bool(!report.hasFailure))])])),
    ]
    if let details = details(of: report.repository) { run.append(("versionControlProvenance", .array([details]))) }
    return JSONValue.object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")), ("version", .string("2.1.0")),
      ("runs", .array([.object(run)])),
    ]).document
  }

  /// SARIF has none without an address.
  private static func details(of repository: Report.Repository?) -> JSONValue? {
    guard let repository, let uri = repository.uri else { return nil }
    var members: [(key: String, value: JSONValue)] = [("repositoryUri", .string(uri))]
    if let commit = repository.commit { members.append(("revisionId", .string(commit))) }
    if let branch = repository.branch { members.append(("branch", .string(branch))) }
    members.append(("mappedTo", .object([("uriBaseId", .string("%SRCROOT%"))])))
    return .object(members)
  }

  private static func value(_ rule: Rule, _ severity: Severity) -> JSONValue {
    let help = "\(rule.what)\n\n\(rule.why)\n\n\(rule.advice)"
    let markdown = "**\(rule.title)**\n\n\(rule.what)\n\n*Why:* \(rule.why)\n\n*What to do:* \(rule.advice)"
    return .object([
      ("id", .string(rule.id)), ("name", .string(rule.id)), ("shortDescription", .object([("text", .string(rule.title))])),
      ("fullDescription", .object([("text", .string(rule.what))])),
      ("defaultConfiguration", .object([("level", .string(severity.rawValue))])),
      ("help", .object([("text", .string(help)), ("markdown", .string(markdown))])),
      ("properties", .object([("tags", .array((["supply-chain"] + rule.neighbours).map(JSONValue.string)))])),
    ])
  }

  private static func result(_ found: ShownFinding, fingerprint: String, ruleIndex: Int) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("ruleId", .string(found.rule.id)), ("ruleIndex", .integer(ruleIndex)), ("level", .string(found.finding.severity.rawValue)),
      ("message", .object([("text", .string(found.message))])),
    ]
    if let file = found.file {
      var physical: [(key: String, value: JSONValue)] = [("artifactLocation", artifact(file))]
      if let region = region(of: found) { physical.append(("region", region)) }
      members.append(("locations", .array([.object([("physicalLocation", .object(physical))])])))
    }
    members.append(("partialFingerprints", .object([("tagpin/v1", .string(fingerprint))])))
    if let suppression = found.finding.suppression { members.append(("suppressions", .array([value(suppression)]))) }
    if let fix = fix(of: found) { members.append(("fixes", .array([fix]))) }
    if let level = found.site?.level { members.append(("properties", .object([("level", .string(level.rawValue))]))) }
    return .object(members)
  }

  private static func artifact(_ file: FileReport) -> JSONValue {
    .object([("uri", .string(file.path.uriPath)), ("uriBaseId", .string("%SRCROOT%"))])
  }

  private static func region(of found: ShownFinding) -> JSONValue? {
    guard let position = found.position else { return nil }
    var members: [(key: String, value: JSONValue)] = [
      ("startLine", .integer(position.line)), ("startColumn", .integer(position.column)),
    ]
    if let end = found.end { members += [("endLine", .integer(end.line)), ("endColumn", .integer(end.column))] }
    if let range = found.site?.site.range {
      members += [("byteOffset", .integer(range.lowerBound)), ("byteLength", .integer(range.count))]
    }
    return .object(members)
  }

  private static func value(_ suppression: Suppression) -> JSONValue {
    let until = suppression.until.map { "until \($0)" }
    let words = [suppression.reason, until].compactMap(\.self).joined(separator: ", ")
    return .object([
      ("kind", .string(suppression.kind == .comment ? "inSource" : "external")),
      ("justification", .string(words.isEmpty ? suppression.kind.words : words)),
    ])
  }

  /// What a dry run would write, where the change was planned and the file's text is known.
  private static func fix(of found: ShownFinding) -> JSONValue? {
    guard let site = found.site, found.rule == .changed, let file = found.file, let text = file.change?.original, !site.splices.isEmpty
    else { return nil }
    let replacements = site.splices.map { splice -> JSONValue in
      let (start, end) = (text.position(at: splice.range.lowerBound), text.position(at: splice.range.upperBound))
      let region = JSONValue.object([
        ("startLine", .integer(start.line)), ("startColumn", .integer(start.column)), ("endLine", .integer(end.line)),
        ("endColumn", .integer(end.column)),
      ])
      let content = JSONValue.object([("text", .string(String(decoding: splice.replacement, as: UTF8.self)))])
      return .object([("deletedRegion", region), ("insertedContent", content)])
    }
    let change = JSONValue.object([("artifactLocation", artifact(file)), ("replacements", .array(replacements))])
    return .object([("description", .object([("text", .string(found.message))])), ("artifactChanges", .array([change]))])
  }
}

extension Suppression.Kind {
  fileprivate var words: String {
    switch self {
    case .comment: "ignored by a comment"
    case .configuration: "ignored by the configuration"
    case .baseline: "known before"
    case .unchanged: "on a line that did not change"
    }
  }
}

extension Rule {
  /// What other tools call the same. Of "latest, or no tag": Trivy's DS-0001 (Dockerfiles) and KSV-0013, hadolint's DL3006 (no tag) and
  /// DL3007 (latest), Checkov's CKV_DOCKER_7 and CKV_K8S_14, kube-linter's latest-tag. Of "no digest": Checkov's CKV_K8S_43.
  fileprivate var neighbours: [String] {
    switch self {
    case .latestTag:
      ["DS-0001", "KSV-0013", "DL3006", "DL3007", "CKV_DOCKER_7", "CKV_K8S_14", "CKV_K8S_43", "kube-linter/latest-tag"]
    case .floatingTag, .versionTag, .unpinned: ["CKV_K8S_43"]
    default: []
    }
  }
}

extension String {
  /// A relative path as a URI reference (RFC 3986, 4.2); a first segment with a colon would be a scheme, so that is encoded, too.
  fileprivate var uriPath: String {
    utf8.reduce(into: "") { result, byte in
      let isPlain = ASCII.isAlphanumeric(byte) || "-._~/!$&'()*+,;=@".utf8.contains(byte)
      if isPlain {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += "%" + UInt32(byte).hexadecimal(digits: 2).uppercased()
      }
    }
  }
}

extension ReportFormat {
  static let sarif = ReportFormat(name: "sarif", title: "SARIF 2.1.0", files: { SARIFRenderer.render($0, $1) })
}
