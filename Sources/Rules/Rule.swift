/// What a finding is an instance of: the one list of them. Whatever a report says of a site, a file or a run names its rule.
///
/// The raw value is the rule's id: a stable word for machines, which JSON promises. What a rule says is in `Rule+Entry.swift`.
package enum Rule: String, CaseIterable, Hashable, Sendable {
  // How a site ends that is neither skipped nor failed.
  case pinned, unpinned, changed

  // What is wrong with a reference, by its level or where it comes from.
  case latestTag = "latest-tag"
  case floatingTag = "floating-tag"
  case versionTag = "version-tag"
  case registryNotAllowed = "registry-not-allowed"

  // What became of a pin.
  case current, drift, republished, rebuilt
  case reReleased = "re-released"
  case unexplained, mutant
  case knownBad = "known-bad"
  case gone, endangered
  case platformPin = "platform-pin"
  case untagged
  case tagGone = "tag-gone"
  case mismatch, unreachable, archived
  case held
  case unverified = "not-verified"

  // Why a site is left alone.
  case notLiteral = "not-literal"
  case stage
  case namedContext = "named-context"
  case scratch
  case local
  case builtHere = "built-here"
  case substitutedHere = "substituted-here"
  case tagSuffix = "tag-suffix"
  case digestDropped = "digest-dropped"
  case ignoredByComment = "ignored-by-comment"
  case ignoredByConfiguration = "ignored-by-configuration"
  case notSelected = "not-selected"
  case mustStayTag = "must-stay-tag"
  case locked
  case defaultBranch = "default-branch"
  case turnedOff = "turned-off"
  case noTagRecorded = "no-tag-recorded"
  case notUnderstood = "not-understood"
  case notPinnable = "not-pinnable"
  case madeOfParts = "made-of-parts"
  case usedOtherwise = "used-otherwise"
  case ownedByRobot = "owned-by-robot"
  case tagElsewhere = "tag-elsewhere"
  case clusterInternal = "cluster-internal"
  case tagInScript = "tag-in-script"
  case likely
  case fileNotRead = "file-not-read"

  // Why a site that should be pinned cannot be.
  case invalidReference = "invalid-reference"
  case notSpliceable = "not-spliceable"
  case aliasElsewhere = "alias-elsewhere"
  case numericTag = "numeric-tag"
  case noPlaceForTag = "no-place-for-tag"
  case notFound = "not-found"
  case unresolved
  case staleComment = "stale-comment"

  // What is worth a warning about a site, however it ends.
  case tagNotRecorded = "tag-not-recorded"
  case tagAndBranch = "tag-and-branch"
  case renamed
  case ignoreEnded = "ignore-ended"
  case newerHeld = "newer-held"

  // Why a file is left alone as a whole.
  case unknownFile = "unknown-file"
  case template
  case maybeUnreadable = "maybe-unreadable"
  case deleted
  case linkNotRead = "link-not-read"
  case noReferences = "no-references"

  // What fails a file as a whole.
  case unreadable
  case notRead = "not-read"
  case notRewritten = "not-rewritten"
  case notReplaced = "not-replaced"
  case nothingRead = "nothing-read"

  // What is worth a warning about the run.
  case notTracked = "not-tracked"
  case unknownBuild = "unknown-build"
  case unknownVariables = "unknown-variables"
  case notKept = "not-kept"
  case registryWarning = "registry-warning"
  case gitWarning = "git-warning"
  case ruleEnded = "rule-ended"
  case ruleUnused = "rule-unused"
  case unknownWord = "unknown-word"

  // What fails the run as a whole.
  case nothingWritten = "nothing-written"
  case notCommitted = "not-committed"
  case notPushed = "not-pushed"

  /// What its instances are to a run.
  package enum Kind: String, Hashable, Sendable {
    /// How a site ends.
    case state
    /// Something is wrong with a reference, however its site ends.
    case finding
    /// A site or a file is left alone.
    case skipped
    /// A site, a file or the run fails.
    case failed
    /// Something to know, which decides nothing.
    case warning
  }
}

extension Rule {
  /// nil where there is no rule of this id.
  package init?(id: String) { self.init(rawValue: id) }

  package var id: String { rawValue }
  package var kind: Kind { entry.kind }
  /// A few words, as a heading.
  package var title: String { entry.title }
  /// What was seen.
  package var what: String { entry.what }
  /// Why that matters.
  package var why: String { entry.why }
  /// What to do about it.
  package var advice: String { entry.advice }
}
