import Dialects
import Pinning
import References
import Rules

/// What `tagpin resolve REF…` prints: the references in the order they were given.
package struct ResolveReport: Sendable {
  package struct Entry: Hashable, Sendable {
    /// As given.
    package var reference: String
    package var outcome: Outcome

    package init(_ reference: String, _ outcome: Outcome) {
      self.reference = reference
      self.outcome = outcome
    }
  }

  package enum Outcome: Hashable, Sendable {
    /// The text that pins it, the digest in it, and where known the media type of what the digest names. The platform is set where one was
    /// asked for.
    case resolved(pinned: String, digest: Digest, mediaType: String?, platform: Platform?)
    /// The same for an action, with what goes beside it as a comment, and what is worth a warning.
    case resolvedCommit(pinned: String, commit: CommitID, tag: String, notes: [SiteNote])
    case failed(SiteFailure)
  }

  package var entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// 2 where any reference failed, else 0.
  package var exitCode: Int32 {
    entries.contains { if case .failed = $0.outcome { true } else { false } } ? 2 : 0
  }

  /// For stdout: one line `nginx:1.25@sha256:…`, or `actions/checkout@11bd719… # v4`, for each reference that was resolved.
  package var text: String {
    entries.map { entry in
      switch entry.outcome {
      case .resolved(let pinned, _, _, _), .resolvedCommit(let pinned, _, _, _): pinned.visible + "\n"
      case .failed: ""
      }
    }.joined()
  }

  /// For stderr: what is worth a warning, one line each.
  package func warnings(colour: Bool = false) -> String {
    let ink = Ink(isOn: colour)
    return entries.flatMap { entry -> [String] in
      guard case .resolvedCommit(_, _, _, let notes) = entry.outcome else { return [] }
      return notes.map { "tagpin: " + ink(.yellow, "warning:") + " '\(entry.reference.visible)': \("\($0)".visible)\n" }
    }.joined()
  }

  /// For stderr: one line `tagpin: error: cannot resolve 'nginx:1.99': …` for each that was not, and one for all that the same trouble of
  /// one host keeps from it.
  package func failures(colour: Bool = false) -> String {
    let ink = Ink(isOn: colour)
    let failed = entries.filter { $0.failure != nil }
    return CommonCause.gathered(failed).map { cause in
      let message = cause.message(cause.first.failure.map { "cannot resolve '\(cause.first.reference)': \($0.cause)" } ?? "")
      return "tagpin: " + ink(.red, "error:") + " \(message.visible)\n" + (cause.advice.map { "  \($0.visible)\n" } ?? "")
    }.joined()
  }

  /// `{"version": 1, "command": "resolve", "exitCode": 0, "references": [{"reference", "pinned", "digest", "mediaType", "platform",
  /// "error"}]}`: `mediaType` and `platform` may be null; an action has `pinned`, `commit`, `tag` and, where there are any, `notes`; where
  /// a reference failed it has `error` (`{"code", "message"}`) and none of the others.
  package var json: String {
    let references = entries.map { entry in
      var members: [(key: String, value: JSONValue)] = [("reference", .string(entry.reference))]
      switch entry.outcome {
      case .resolved(let pinned, let digest, let mediaType, let platform):
        members += [("pinned", .string(pinned)), ("digest", .string(digest.description))]
        members += [("mediaType", .optional(mediaType)), ("platform", .optional(platform?.description))]
      case .resolvedCommit(let pinned, let commit, let tag, let notes):
        members += [("pinned", .string(pinned)), ("commit", .string(commit.hex)), ("tag", .string(tag))]
        if !notes.isEmpty {
          members.append(("notes", .array(notes.map { .object([("code", .string($0.rule.id)), ("message", .string($0.description))]) })))
        }
      case .failed(let failure):
        let message = "cannot resolve '\(entry.reference)': \(failure.cause)"
        members.append(("error", .object([("code", .string(failure.rule.id)), ("message", .string(message))])))
      }
      return JSONValue.object(members)
    }
    return JSONValue.object([
      ("version", .integer(JSONRenderer.version)), ("command", .string("resolve")), ("exitCode", .integer(Int(exitCode))),
      ("references", .array(references)),
    ]).document
  }
}

extension ResolveReport.Entry: CausedFailure {
  fileprivate var failure: SiteFailure? { if case .failed(let failure) = outcome { failure } else { nil } }

  var unresolved: Unresolved? { if case .unresolved(let unresolved) = failure { unresolved } else { nil } }
  var text: String { reference }
  var place: String { reference }
}
