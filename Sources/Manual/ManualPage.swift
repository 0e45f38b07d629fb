/// A page of the manual, written in Markdown: what one command does, or what is to be known of one topic.
package struct ManualPage: Sendable {
  package enum Kind: Sendable { case command, topic }

  /// What `tagpin help` calls it, and its file without `.md`: `pin`, `configuration`.
  package let name: String
  package let kind: Kind
  private let read: @Sendable () -> [UInt8]

  private init(_ kind: Kind, _ name: String, _ read: @autoclosure @escaping @Sendable () -> [UInt8]) {
    self.name = name
    self.kind = kind
    self.read = read
  }

  /// The whole text of its file.
  package var markdown: String { String(decoding: read(), as: UTF8.self) }

  /// The first line without `# ` and the name in front: what the reader wants to do.
  package var summary: String {
    let title = markdown.prefix { $0 != "\n" }
    return title.firstRange(of: ": ").map { String(title[$0.upperBound...]) } ?? ""
  }

  package static func named(_ name: String) -> ManualPage? { all.first { $0.name == name } }

  /// In the order in which a reader meets them. The files are compiled in: a page has its file in `Pages`, and its line here.
  package static let all: [ManualPage] = [
    ManualPage(.command, "pin", PackageResources.pin_md),
    ManualPage(.command, "update", PackageResources.update_md),
    ManualPage(.command, "unpin", PackageResources.unpin_md),
    ManualPage(.command, "check", PackageResources.check_md),
    ManualPage(.command, "verify", PackageResources.verify_md),
    ManualPage(.command, "history", PackageResources.history_md),
    ManualPage(.command, "diff", PackageResources.diff_md),
    ManualPage(.command, "list", PackageResources.list_md),
    ManualPage(.command, "resolve", PackageResources.resolve_md),
    ManualPage(.command, "guard", PackageResources.guard_md),
    ManualPage(.command, "report", PackageResources.report_md),
    ManualPage(.command, "auth", PackageResources.auth_md),
    ManualPage(.command, "explain", PackageResources.explain_md),
    ManualPage(.command, "config", PackageResources.config_md),
    ManualPage(.command, "init", PackageResources.init_md),
    ManualPage(.command, "schema", PackageResources.schema_md),
    ManualPage(.command, "dialects", PackageResources.dialects_md),
    ManualPage(.command, "completion", PackageResources.completion_md),
    ManualPage(.command, "help", PackageResources.help_md),
    ManualPage(.topic, "what-it-finds", PackageResources.what_it_finds_md),
    ManualPage(.topic, "how-a-pin-is-written", PackageResources.how_a_pin_is_written_md),
    ManualPage(.topic, "actions", PackageResources.actions_md),
    ManualPage(.topic, "commits", PackageResources.commits_md),
    ManualPage(.topic, "ci", PackageResources.ci_md),
    ManualPage(.topic, "reports", PackageResources.reports_md),
    ManualPage(.topic, "exit-codes", PackageResources.exit_codes_md),
    ManualPage(.topic, "configuration", PackageResources.configuration_md),
    ManualPage(.topic, "credentials", PackageResources.credentials_md),
    ManualPage(.topic, "git", PackageResources.git_md),
    ManualPage(.topic, "limits", PackageResources.limits_md),
  ]
}
