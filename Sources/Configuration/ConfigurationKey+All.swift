import Dialects

extension ConfigurationKey {
  /// In the order of messages and of `tagpin config`. A new key is one entry here, and its description in `tagpin.schema.json`.
  static let all: [ConfigurationKey] = [
    // More is read, never less, than a trusted layer includes.
    list("include", standard: .value(.list([.text("**")])), read: SettingReader.includedFiles) {
      $0.include = $1.map(\.value)
      $0.trustedInclude = $1.filter(\.isTrusted).map(\.value)
    },
    list("exclude", read: SettingReader.excludedFiles) {
      $0.exclude = $1.map(\.value)
      $0.trustedExclude = $1.filter(\.isTrusted).map(\.value)
    },
    list("style", .nearestFirst, standard: .words("what each kind of file takes"), read: SettingReader.styles, shown: Self.styleOfAllFiles)
    {
      $0.styles = $1.map(\.value)
    },
    list("ignore", read: SettingReader.ignoreRules) { $0.ignore = $1 },
    list("built-here", .nearestFirst, read: SettingReader.builtHereRules) { $0.builtHere = $1 },
    list("registries", .trustedFirst, read: SettingReader.registryRules) { $0.registries = $1 },
    // Who answers is not for the repository to say where a trusted layer has said it.
    value(
      "actions.server", standard: .words("GITHUB_SERVER_URL, else https://github.com; for Forgejo https://data.forgejo.org"),
      read: SettingReader.actionServers, repositoryMay: { _, _ in false }
    ) { $0.actions.github = $1 },
    value(
      "actions.gitlab", standard: .words("CI_SERVER_URL, else the host of the remote 'origin', else https://gitlab.com"),
      read: SettingReader.actionServer, repositoryMay: { _, _ in false }
    ) { $0.actions.gitlab = $1 },
    value("actions.pre-commit", standard: .value(.flag(false)), read: SettingReader.flag, repositoryMay: { !$0 || $1 }) {
      $0.actions.pinsPreCommit = $1.value
    },
    value("actions.comment", standard: .value(.text("tag")), read: SettingReader.actionComment) { $0.actions.comment = $1.value },
    value(
      "actions.lockfile", standard: .value(.text("respect")), read: SettingReader.lockFileUse,
      repositoryMay: { $0 == .respect || $1 == .ignore }
    ) { $0.actions.lockFile = $1.value },
    value("helm.tag-digest", standard: .value(.flag(false)), read: SettingReader.flag) { $0.putsDigestInHelmTag = $1.value },
    value("scripts", standard: .value(.flag(false)), read: SettingReader.flag, repositoryMay: { !$0 || $1 }) { $0.pinsScripts = $1.value },
    value("likely", standard: .value(.flag(false)), read: SettingReader.flag, repositoryMay: { !$0 || $1 }) { $0.pinsLikely = $1.value },
    list("sites", read: SettingReader.siteRules) { $0.sites = $1.map(\.value) },
    list("files", .nearestFirst, read: SettingReader.fileRules) { $0.files = $1.map(\.value) },
    value("commit.message", standard: .words("what was pinned, and where"), read: SettingReader.commitMessage) {
      $0.commitMessage = $1.value
    },
    allowList("guard.allow", read: SettingReader.tags) { $0.pushes.allow = AllowedTags(lists: $1, limit: $2) },
    value("guard.allow-new-repository", standard: .value(.flag(false)), read: SettingReader.flag, repositoryMay: { $0 || !$1 }) {
      $0.pushes.allowsNewRepository = $1.value
    },
    list("known-bad", read: SettingReader.knownBadFiles) { $0.knownBad = $1.map(\.value) },
    list("signatures", .nearestFirst, read: SettingReader.signatureRules) { $0.signatures = $1 },
    // What was seen is evidence: the repository cannot have another list taken for a trusted one.
    value("ledger", standard: .value(.text("off")), read: SettingReader.ledgerPlace, repositoryMay: { _, _ in false }) { $0.ledger = $1 },
    layers("min-age", read: SettingReader.ageRules) { $0.ages = $1 },
    layers("policy", read: SettingReader.policyRules) { $0.policy = $1 },
    layers("registries-allowed", isIntersection: true, read: SettingReader.imagePatterns) {
      $0.allowedRegistries = $1.map { $0.map(\.value) }
    },
    list("fail-on", read: SettingReader.skippedRules) { $0.failOn = Set($1.map(\.value)) },
    list("never-ignore", read: SettingReader.neverIgnoreRules) { $0.neverIgnore = $1 },
  ]

  /// `digest` alone is the style of all files.
  @Sendable private static func styleOfAllFiles(_ value: SettingValue) -> SettingValue {
    guard case .text = value else { return value }
    return .mapping([SettingValue.Member(key: "files", value: .text("**")), SettingValue.Member(key: "style", value: value)])
  }

  /// The keys at the top, in order.
  static let topNames: [String] = all.reduce(into: []) { names, key in
    let name = String(key.name.prefix { $0 != "." })
    if names.last != name { names.append(name) }
  }

  /// The keys under one at the top; none where it has a value of its own.
  static func names(under top: String) -> [String] {
    all.compactMap { $0.name.hasPrefix(top + ".") ? String($0.name.dropFirst(top.utf8.count + 1)) : nil }
  }
}
