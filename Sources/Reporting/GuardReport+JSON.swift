import Pinning
import References

extension GuardReport {
  /// `{"version": 1, "command": "guard", "exitCode", "result", "digest", "references": […], "warnings": […]}`.
  ///
  /// Each reference has `reference`, `state` (`free`, `same`, `taken`, `missing-repository`, `unknown`), `allowed` (whether it is meant to
  /// move), `digest` (what it names in the registry), `expected` (what is to be pushed), `created`, `revision`, `source`, `platforms`,
  /// `missingPlatforms` and `message`; what is not known is null.
  package var json: String {
    JSONValue.object([
      ("version", .integer(JSONRenderer.version)), ("command", .string("guard")),
      ("exitCode", .integer(Int(exitCode(guardsCommand: false)))), ("result", .string(result)),
      ("digest", .optional(commonDigest?.description)), ("references", .array(entries.map(\.json))),
      ("warnings", .array(warnings.map(JSONValue.string))),
    ]).document
  }
}

extension GuardReport.Entry {
  fileprivate var json: JSONValue {
    let existing: ExistingTag? = if case .taken(let existing, _) = state { existing } else { nil }
    func platforms(_ platforms: [Platform]?) -> JSONValue { .array((platforms ?? []).map { .string($0.description) }) }
    return .object([
      ("reference", .string(tag.reference.written)), ("state", .string(stateName)), ("allowed", .bool(tag.mayMove)),
      ("digest", .optional(digest?.description)), ("expected", .optional(tag.content?.digest.description)),
      ("created", .optional(existing?.created)), ("revision", .optional(existing?.revision)), ("source", .optional(existing?.source)),
      ("platforms", platforms(existing?.platforms)), ("missingPlatforms", platforms(existing?.missingPlatforms)),
      ("message", .optional(details)),
    ])
  }

  private var stateName: String {
    switch state {
    case .free: "free"
    case .same: "same"
    case .taken: "taken"
    case .missingRepository: "missing-repository"
    case .unknown: "unknown"
    }
  }
}
