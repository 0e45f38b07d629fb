import Dialects
import References
import SourceText

/// A file that a run looks at.
package struct SourceFile: Hashable, Sendable {
  /// Relative to the repository's root, with `/`.
  package var path: String
  /// As the user would name it from the working directory.
  package var shownPath: String
  package var absolutePath: String
  package var role: Role
  /// The dialect that `--dialect` names, in place of the one that the path tells.
  package var dialectName: String?

  /// Where it leads, as it is written, if it is a symbolic link; it is not read then, but what it leads to.
  package var linkTarget: String?

  package enum Role: Hashable, Sendable {
    /// The user named this very file.
    case named
    /// It is below a directory that is worked on.
    case selected
    /// It is read only for what the repository builds.
    case context
  }

  /// Whether the file's name, or who names it, says that it is of the dialect.
  func isTold(_ dialect: Dialect) -> Bool { dialectName != nil || dialect.isTold(by: path) }

  package init(path: String, shownPath: String? = nil, absolutePath: String, role: Role = .selected, dialectName: String? = nil) {
    self.path = path
    // One text where they are the same: a tree may have very many files.
    self.shownPath = shownPath.flatMap { PathKey($0) == PathKey(path) ? nil : $0 } ?? path
    self.absolutePath = absolutePath
    self.role = role
    self.dialectName = dialectName
  }
}

/// What was found in a file.
package struct ScannedFile: Sendable {
  package var file: SourceFile
  package var dialect: Dialect?
  package var options: DialectOptions
  /// Kept where there are sites, or may be, and they may be rewritten.
  package var text: SourceText?
  package var findings = Findings()
  /// Of each site, in their order.
  package var positions: [SourcePosition] = []
  /// Of each value on which other files decide, by its first byte.
  package var valuePositions: [Int: SourcePosition] = [:]
  /// What those files say.
  var settledParameters: [SettledParameter] = []
  /// The images that the repository builds, and what kustomize puts in the place of others.
  package var ownImages: [Stated<OwnImage>] = []
  package var substitutions: [Stated<Substitution>] = []
  package var contexts: [Stated<NamedContext>] = []
  /// The indices of sites that only name other files of the run, which need no word of their own.
  package var mentions: Set<Int> = []
  package var state: FileReport.State?
  /// What could not be found out about the file or with it, without being a failure: other references can still be told.
  package var warnings: [Warning] = []

  /// What a file says, and the line that says so.
  @dynamicMemberLookup
  package struct Stated<Statement: Hashable & Sendable>: Hashable, Sendable {
    package var statement: Statement
    package var line: Int

    package subscript<Member>(dynamicMember member: KeyPath<Statement, Member>) -> Member { statement[keyPath: member] }
  }

  /// Makes sites of the values that are images by what all files say.
  mutating func settle(by uses: [SettledParameter]) {
    let known = Dictionary(
      findings.sites.indices.map { (findings.sites[$0].range, (position: positions[$0], isMention: mentions.contains($0))) },
      uniquingKeysWith: { first, _ in first })
    settledParameters = uses
    findings.settle(by: uses)
    findings.sites.removeAll { known[$0.range] == nil && valuePositions[$0.range.lowerBound] == nil }
    positions = findings.sites.compactMap { known[$0.range]?.position ?? valuePositions[$0.range.lowerBound] }
    mentions = Set(findings.sites.indices.filter { known[findings.sites[$0].range]?.isMention ?? false })
  }

  /// Takes down that the sites in these bytes stand for files that are read.
  mutating func noteRead(at ranges: Set<Range<Int>>) {
    guard !ranges.isEmpty else { return }
    for (index, site) in findings.sites.enumerated() where ranges.contains(site.range) {
      if case .skipped(.notRead) = site.content { mentions.insert(index) }
    }
  }

  /// Whether another file may say what this one is: its name does not, and nothing was found in it.
  var isOpen: Bool { dialect.map { !file.isTold($0) && findings.isEmpty } ?? true }

  package init(
    file: SourceFile, dialect: Dialect? = nil, options: DialectOptions = DialectOptions(), text: SourceText? = nil,
    findings: Findings = Findings(), state: FileReport.State? = nil
  ) {
    self.file = file
    self.dialect = dialect
    self.options = options
    self.text = text
    self.findings = findings
    self.state = state
  }
}
