import Dialects
import References
import Rules

/// What the configuration says: one file, or several layers (`LayeredConfiguration`). Everything is optional; without a file it is
/// `default`.
package struct Configuration: Hashable, Sendable {
  /// Where a layer of the configuration came from, and so what it may decide.
  package enum Trust: Hashable, Sendable {
    /// Found in the repository, so that it can come from a pull request. It may name no directory or CA outside of the repository, no token
    /// service, and no plain http that carries credentials. It may tighten what other layers say, never loosen it.
    case repository
    /// Of this machine (`/etc/tagpin.yaml`), or of the person who runs the command (`~/.config/tagpin/config.yaml`, `--config`,
    /// `TAGPIN_CONFIG`).
    case user
  }

  /// The files that are read; all of them by default.
  package var include: [Glob]
  package var exclude: [Glob]
  package var styles: [StyleRule]
  package var ignore: [Configured<IgnoreRule>]
  /// The first one that names an image counts.
  package var builtHere: [Configured<BuiltHereRule>]
  /// The first one that covers an image counts.
  package var registries: [Configured<RegistryRule>]
  package var actions: ActionSettings
  /// Whether the `tag` of a Helm value takes `1.25@sha256:…`.
  package var putsDigestInHelmTag: Bool
  /// Whether tags in command lines of scripts are pinned, too; digests there are always kept up to date.
  package var pinsScripts: Bool
  /// Whether what only may be an image is pinned, too.
  package var pinsLikely: Bool
  package var sites: [SiteRule]
  /// What files are whose names do not tell it; the first rule that names one counts.
  package var files: [FileRule]
  /// The message of commits; nil is tagpin's own.
  package var commitMessage: MessageTemplate?
  /// What `tagpin guard` lets pass.
  package var pushes: PushRules
  /// Lists of digests and commits that are known to be bad.
  package var knownBad: [ConfiguredFile] = []
  /// Who signs which images. The first rule that covers an image counts.
  package var signatures: [Configured<SignatureRule>] = []
  /// Where observations of tags are kept; nil where nothing says so, which is nowhere.
  package var ledger: Configured<LedgerPlace>?
  /// How old what an update moves to has to be, as each layer says it. The farthest is the first one; in each the first rule that covers a
  /// reference counts.
  package var ages: [[Configured<AgeRule>]] = []

  /// What each layer asks of references. The farthest is the first one.
  package var policy: [[Configured<PolicyRule>]] = []
  /// From where images may come: of several layers each has to list it.
  package var allowedRegistries: [[ReferencePattern]] = []
  /// What is a finding although it is left alone.
  package var failOn: Set<Rule> = []
  /// What a repository may not ignore.
  package var neverIgnore: [Configured<NeverIgnoreRule>] = []
  /// Of `include` and `exclude`, what trusted layers say.
  package var trustedInclude: [Glob] = []
  package var trustedExclude: [Glob] = []

  package init(
    include: [Glob] = [], exclude: [Glob] = [], styles: [StyleRule] = [], ignore: [Configured<IgnoreRule>] = [],
    builtHere: [Configured<BuiltHereRule>] = [], registries: [Configured<RegistryRule>] = [], actions: ActionSettings = ActionSettings(),
    putsDigestInHelmTag: Bool = false,
    pinsScripts: Bool = false, pinsLikely: Bool = false,
    sites: [SiteRule] = [], files: [FileRule] = [], commitMessage: MessageTemplate? = nil, pushes: PushRules = PushRules()
  ) {
    self.include = include
    self.exclude = exclude
    self.styles = styles
    self.ignore = ignore
    self.builtHere = builtHere
    self.registries = registries
    self.actions = actions
    self.putsDigestInHelmTag = putsDigestInHelmTag
    self.pinsScripts = pinsScripts
    self.pinsLikely = pinsLikely
    self.sites = sites
    self.files = files
    self.commitMessage = commitMessage
    self.pushes = pushes
  }

  package static let `default` = Configuration()
}

/// Places that the built-in dialects do not know.
package struct SiteRule: Hashable, Sendable {
  package var files: [Glob]
  package var path: SitePath

  package init(files: [Glob], path: SitePath) {
    self.files = files
    self.path = path
  }
}

/// What files are, by the name of a dialect.
package struct FileRule: Hashable, Sendable {
  package var match: [Glob]
  package var dialect: String

  package init(match: [Glob], dialect: String) {
    self.match = match
    self.dialect = dialect
  }
}

/// What a push may do.
package struct PushRules: Hashable, Sendable {
  /// Tags that are meant to move; of images, and of the git repository.
  package var allow: AllowedTags
  package var allowsNewRepository: Bool

  package init(allow: AllowedTags = AllowedTags(), allowsNewRepository: Bool = false) {
    self.allow = allow
    self.allowsNewRepository = allowsNewRepository
  }
}

/// Patterns for tags that may move. Each list must have a pattern that matches, so that a second list only takes away. Without a list no
/// tag may move.
package struct AllowedTags: Hashable, Sendable {
  package var lists: [[Glob]]
  /// What the command line adds: one that matches is enough.
  package var named: [Glob]
  /// The trusted list that the repository's own cannot widen.
  package var limit: SettingOrigin?

  package init(lists: [[Glob]] = [], named: [Glob] = [], limit: SettingOrigin? = nil) {
    self.lists = lists
    self.named = named
    self.limit = limit
  }

  /// The pattern that lets the tag move; nil if it may not. Of several lists it is the last one's.
  package func pattern(for tag: String) -> Glob? {
    if let pattern = named.first(where: { $0.matches(tag) }) { return pattern }
    var found: Glob?
    for list in lists {
      found = list.first { $0.matches(tag) }
      if found == nil { return nil }
    }
    return found
  }
}

extension Configuration {
  /// Whether a file is to be read: it is included and not excluded, or nobody but the repository leaves it out, and `never-ignore` names
  /// it. Paths, here and below, are relative to the repository's root.
  package func selects(_ path: String) -> Bool {
    if Self.selects(path, include, exclude) { return true }
    return neverIgnore.contains { rule in rule.files.contains { $0.matches(path) } } && Self.selects(path, trustedInclude, trustedExclude)
  }

  private static func selects(_ path: String, _ include: [Glob], _ exclude: [Glob]) -> Bool {
    (include.isEmpty || include.contains { $0.matches(path) }) && !exclude.contains { $0.matches(path) }
  }

  /// The form of a pin in that file: of the first rule that names it; nil leaves it to the dialect.
  package func form(for path: String) -> PinForm? {
    styles.first { $0.files.isEmpty || $0.files.contains { $0.matches(path) } }?.form
  }

  /// Where else sites are in that file.
  package func sitePaths(for path: String) -> [SitePath] {
    sites.filter { $0.files.contains { $0.matches(path) } }.map(\.path)
  }

  /// The name of the dialect that the file is of, whatever it is called; nil leaves that to its name and content.
  package func dialect(for path: String) -> String? { files.first { $0.match.contains { $0.matches(path) } }?.dialect }

  /// The first rule whose prefix covers that image.
  package func registry(for name: ImageName) -> Configured<RegistryRule>? {
    registries.first { $0.prefix.covers(name) }
  }
}
