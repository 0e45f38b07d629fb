import Dialects
import Pinning
import References
import Rules
import SourceText

/// A report for programs. Version 1 of the schema; keys are only ever added to a version.
///
/// ```
/// {
///   "version": 1,
///   "command": "pin",              pin, update, unpin, check, list or verify
///   "dryRun": false,
///   "exitCode": 0,
///   "repository": {                only in one
///     "uri": "https://github.com/acme/shop",                   of the remote 'origin', without credentials; or null
///     "commit": "3f2c…", "branch": "main"                      or null
///   },
///   "notWritten": "…",             only where a failure kept every change from being written: why
///   "summary": {
///     "files": 1,                  with at least one site
///     "sites": 1,                  the sum of the five states:
///     "changed": 1, "unpinned": 0, "pinned": 0, "skipped": 0, "failed": 0,
///     "written": 1,                of the changed sites, those whose file was written
///     "filesSkipped": 0, "filesFailed": 0,     as a whole
///     "skippedMutable": 0,         of the skipped sites, those that name something that can change
///     "skippedLikely": 0,         and those that only may be an image
///     "since": {"revision": "origin/main", "base": "3f2c…", "changed": 2, "unchanged": 618},      only with --since
///     "baseline": {"new": 2, "known": 618, "gone": 3},         only where there is one
///     "verified": {"drift": 1}     only where pins were verified: how many of each rule
///   },
///   "files": [{                    sorted by path
///     "path": "compose.yaml",      from the repository's root
///     "dialect": "compose",        or null
///     "written": true,
///     "note": {                    only where the file as a whole was skipped or failed
///       "state": "skipped",        or failed
///       "code": "template",        the rule's id
///       "message": "…", "line": 1, "column": 1,          the last two where known
///       "configuration": "…",      where failed: the line of configuration that leaves it out, or null
///       "suppressed": {"kind": "baseline", "reason": null}      only where that does not count
///     },
///     "sites": [{                  in the order of their bytes
///       "place": "services.web.image",
///       "pattern": "services.*.image",        the dialect's path that matched; null where a reader of its own found it
///       "kind": "image",           or action
///       "line": 12, "column": 9,   from 1, columns in Unicode code points
///       "offset": 231, "length": 10,          in bytes of the original file
///       "text": "nginx:1.25",      as written
///       "reference": "docker.io/library/nginx:1.25",    normalised; null where the text is not looked up as a reference
///       "tag": "1.25",             or null; of the reference, or of the comment that records it; of an action, its tag or branch
///       "digest": null,            or the digest it names
///       "commit": null,            or the commit it names; only of actions
///       "likely": true,            only where it may not be an image
///       "state": "changed",        changed, unpinned, pinned, verified, skipped or failed
///       "level": "floating",       latest, floating, version or digest; null where no reference is known
///       "rule": "changed",         the weightiest finding's, or what its state is an instance of
///       "severity": "note",        error, warning or note; null where it is not a finding
///       "findings": [{"rule": "latest-tag", "severity": "error"}],     only where there are several
///       "suppressed": {"kind": "comment", "reason": "…"},           only where none counts: comment, configuration, baseline, unchanged
///       "newText": "nginx:1.25@sha256:…", "newDigest": "sha256:…",      only where changed; the digest is null where none is written
///       "newCommit": "11bd719…",   only of actions, likewise
///       "verdict": {"code": "mutant", "severity": "error", "evidence": ["…"], "current": "sha256:…"},      only where verified, or
///                                  where the tag that a change follows should have stayed
///       "notes": [{"code": "renamed", "message": "…"}],                 only where there are any
///       "reason": {"code": "built-here", "message": "…"},               only where skipped
///       "mutable": false,          only where skipped: whether what it names can change
///       "error": {"code": "not-found", "message": "…", "configuration": "…"}      only where failed
///     }]
///   }],
///   "warnings": ["…"],
///   "commit": {                    only with --commit, where nothing failed before it
///     "state": "made",             nothing (changed), planned (in a dry run), made or failed
///     "id": "3f2c…",               or null
///     "branch": "main",            or null on a detached HEAD
///     "author": "Ada <ada@example.org>",
///     "message": "Pin …\n", "files": ["compose.yaml"],
///     "problem": "…",              only where failed
///     "push": {                    only where the commit was, or would be, pushed
///       "state": "pushed",         planned (in a dry run), pushed or failed
///       "remote": "origin", "branch": "main",
///       "problem": "…"             only where failed
///     }
///   }
/// }
/// ```
package enum JSONRenderer {
  package static let version = 1

  /// UTF-8, indented, with LF at the end. `reportsChanges` is the command's `--exit-code`.
  package static func render(_ report: Report, reportsChanges: Bool = false) -> String {
    var members: [(key: String, value: JSONValue)] = [
      ("version", .integer(version)), ("command", .string(report.command.rawValue)), ("dryRun", .bool(report.isDryRun)),
      ("exitCode", .integer(Int(report.exitCode(reportsChanges: reportsChanges)))),
    ]
    if let repository = report.repository {
      let parts: [(key: String, value: JSONValue)] = [
        ("uri", .optional(repository.uri)), ("commit", .optional(repository.commit)), ("branch", .optional(repository.branch)),
      ]
      members.append(("repository", .object(parts)))
    }
    if let why = report.notWritten { members.append(("notWritten", .string(why))) }
    members.append(("summary", value(Summary(report))))
    members.append(("files", .array(report.files.map { value($0, in: report) })))
    members.append(("warnings", .array(report.warnings.map { .string($0.text) })))
    if let commit = report.commit { members.append(("commit", value(commit))) }
    return JSONValue.object(members).document
  }

  private static func value(_ commit: CommitReport) -> JSONValue {
    var id: String?
    if case .made(let made) = commit.outcome { id = made }
    var members: [(key: String, value: JSONValue)] = [
      ("state", .string(commit.code)), ("id", .optional(id)), ("branch", .optional(commit.branch)), ("author", .string(commit.author)),
      ("message", .string(commit.message)), ("files", .array(commit.files.map(JSONValue.string))),
    ]
    if let problem = commit.problem { members.append(("problem", .string(problem))) }
    if let push = commit.push {
      let state =
        switch push.outcome {
        case .planned: "planned"
        case .pushed: "pushed"
        case .failed: "failed"
        }
      var parts: [(key: String, value: JSONValue)] = [
        ("state", .string(state)), ("remote", .string(push.remote)), ("branch", .string(push.branch)),
      ]
      if let problem = commit.pushProblem { parts.append(("problem", .string(problem))) }
      members.append(("push", .object(parts)))
    }
    return .object(members)
  }

  private static func value(_ summary: Summary) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("files", .integer(summary.files)), ("sites", .integer(summary.sites)), ("changed", .integer(summary.changed)),
      ("unpinned", .integer(summary.unpinned)), ("pinned", .integer(summary.pinned)), ("skipped", .integer(summary.skipped)),
      ("failed", .integer(summary.failed)), ("written", .integer(summary.written)),
      ("filesSkipped", .integer(summary.skippedFiles)), ("filesFailed", .integer(summary.failedFiles)),
      ("skippedMutable", .integer(summary.skippedMutable)), ("skippedLikely", .integer(summary.skippedLikely)),
    ]
    if let since = summary.since {
      let parts: [(key: String, value: JSONValue)] = [
        ("revision", .string(since.revision)), ("base", .string(since.base)), ("changed", .integer(since.changed)),
        ("unchanged", .integer(since.unchanged)),
      ]
      members.append(("since", .object(parts)))
    }
    if let baseline = summary.baseline {
      let parts: [(key: String, value: JSONValue)] = [
        ("new", .integer(baseline.new)), ("known", .integer(baseline.known)), ("gone", .integer(baseline.gone)),
      ]
      members.append(("baseline", .object(parts)))
    }
    if !summary.verified.isEmpty { members.append(("verified", .object(summary.verified.map { ($0.rule.id, .integer($0.count)) }))) }
    return .object(members)
  }

  private static func value(_ file: FileReport, in report: Report) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("path", .string(file.path)), ("dialect", .optional(file.dialect)), ("written", .bool(file.change?.isWritten ?? false)),
    ]
    switch file.state {
    case .skipped(let rule, let reason, let position): members.append(("note", .object(note("skipped", rule, reason, position))))
    case .failed(let rule, let problem, let position):
      members.append(
        (
          "note",
          .object(
            note("failed", rule, problem, position) + [("configuration", .optional(file.exclusion))]
              + (file.suppression.map { [("suppressed", value($0))] } ?? []))
        ))
    case nil: break
    }
    members.append(("sites", .array(file.sites.map { value($0, report.findings(of: $0), in: file) })))
    return .object(members)
  }

  private static func note(
    _ state: String, _ rule: Rule, _ message: String, _ position: SourcePosition?
  ) -> [(key: String, value: JSONValue)] {
    var members: [(key: String, value: JSONValue)] = [
      ("state", .string(state)), ("code", .string(rule.id)), ("message", .string(message)),
    ]
    if let position { members += [("line", .integer(position.line)), ("column", .integer(position.column))] }
    return members
  }

  private static func value(_ report: SiteReport, _ findings: [Finding], in file: FileReport) -> JSONValue {
    let site = report.site
    var members: [(key: String, value: JSONValue)] = [
      ("place", .string(site.place.description)), ("pattern", .optional(site.pattern)), ("kind", .string(site.kind.rawValue)),
      ("line", .integer(report.position.line)),
      ("column", .integer(report.position.column)), ("offset", .integer(site.range.lowerBound)),
      ("length", .integer(site.range.count)), ("text", .string(site.text)),
      ("reference", .optional(site.image?.normalised ?? site.action?.normalised)),
      ("tag", .optional(site.imageWithCommentTag?.tag?.text ?? site.actionTag)), ("digest", .optional(site.image?.digest?.description)),
    ]
    if site.kind == .action { members.append(("commit", .optional(site.action?.commit?.hex))) }
    if site.isLikely { members.append(("likely", .bool(true))) }
    let finding = findings.first
    members += [
      ("state", .string(report.state.code)), ("level", .optional(report.level?.rawValue)),
      ("rule", .string(finding?.rule.id ?? report.state.rule.id)), ("severity", .optional(finding?.severity.rawValue)),
    ]
    if findings.count > 1 { members.append(("findings", .array(findings.map(value)))) }
    if let suppression = finding?.suppression { members.append(("suppressed", value(suppression))) }
    if let verdict = report.verdict { members.append(("verdict", value(verdict))) }
    switch report.state {
    case .pinned, .unpinned, .verified: break
    case .changed(let new):
      members += [("newText", .string(new.text)), ("newDigest", .optional(report.newDigest?.description))]
      if site.kind == .action { members.append(("newCommit", .optional(report.newCommit?.hex))) }
    case .skipped(let reason):
      members += [
        ("reason", .object([("code", .string(reason.rule.id)), ("message", .string(reason.description))])),
        ("mutable", .bool(report.isMutableThoughSkipped)),
      ]
    case .failed(let failure):
      members.append(
        (
          "error",
          .object([
            ("code", .string(failure.rule.id)), ("message", .string(failure.message(about: site.text, kind: site.kind))),
            ("configuration", .optional(site.exclusion ?? file.exclusion)),
          ])
        ))
    }
    if !report.notes.isEmpty {
      let notes = report.notes.map { JSONValue.object([("code", .string($0.rule.id)), ("message", .string($0.description))]) }
      members.append(("notes", .array(notes)))
    }
    return .object(members)
  }

  private static func value(_ verdict: Verdict) -> JSONValue {
    .object([
      ("code", .string(verdict.rule.id)), ("severity", .string(verdict.severity.rawValue)),
      ("evidence", .array(verdict.evidence.map(JSONValue.string))), ("current", .optional(verdict.current)),
    ])
  }

  private static func value(_ finding: Finding) -> JSONValue {
    .object([("rule", .string(finding.rule.id)), ("severity", .string(finding.severity.rawValue))])
  }

  private static func value(_ suppression: Suppression) -> JSONValue {
    .object([("kind", .string(suppression.kind.rawValue)), ("reason", .optional(suppression.reason))])
  }
}
