import Dialects
import References
import Rules
import SourceText

/// What became of one site.
package struct SiteReport: Sendable {
  package var site: Site
  package var position: SourcePosition
  package var state: SiteState
  /// What is worth a warning, whatever the state.
  package var notes: [SiteNote]
  /// What happened to the tag that a change follows, where that is one that should stay.
  package var followed: Verdict?
  /// What makes the new text of the old one, where it changes.
  package var splices: [Splice] = []
  /// What the policies make of it; nil where none was asked for. `Report.findings(of:)` says what counts.
  package var judgement: [Finding]?

  package init(site: Site, position: SourcePosition, state: SiteState, notes: [SiteNote] = []) {
    self.site = site
    self.position = position
    self.state = state
    self.notes = notes
  }
}

extension SiteReport {
  /// It failed, and that counts.
  package var hasFailed: Bool {
    guard case .failed = state else { return false }
    return judgement.map { $0.contains { $0.counts } } ?? true
  }

  /// It was left alone, and what it names can change.
  package var isMutableThoughSkipped: Bool {
    guard case .skipped(let reason) = state else { return false }
    return reason.leavesMutable(namingContent: site.namesContent)
  }
}

/// Something that goes with a site without deciding how it ends.
package enum SiteNote: Hashable, Sendable {
  /// The pin names a commit, and no comment can be there that says of which tag.
  case tagNotRecorded(String)
  /// A tag and a branch have this name; the tag was taken.
  case tagAndBranch(String)
  /// The repository is called something else now.
  case renamed(from: String, to: String)
  /// A comment left it alone up to a day that has passed; the comment.
  case ignoreEnded(String)
  /// What its tag names now is too young, so it was moved to what the tag named before.
  case newerHeld(Hold)

  /// What it is an instance of.
  package var rule: Rule {
    switch self {
    case .tagNotRecorded: .tagNotRecorded
    case .tagAndBranch: .tagAndBranch
    case .renamed: .renamed
    case .ignoreEnded: .ignoreEnded
    case .newerHeld: .newerHeld
    }
  }
}

extension SiteNote: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tagNotRecorded(let tag):
      "no comment can stand here, so the tag '\(tag)' is not recorded: 'update' and 'unpin' will leave this pin alone"
    case .tagAndBranch(let name): "'\(name)' is a tag and a branch; the tag was taken"
    case .renamed(let from, let to): "'\(from)' was renamed to '\(to)'; somebody else may take the old name over, so write the new one"
    case .ignoreEnded(let comment): "the comment '\(comment)' has ended and counts no longer; take it away, or give it a new day"
    case .newerHeld(let hold):
      "it is moved to what its tag named before; \(hold.content.abbreviated), which it names now, is held: \(hold.sentences.joined(separator: ", "))"
    }
  }
}

/// What a site says after a change.
package struct NewReference: Hashable, Sendable {
  package var reference: Reference
  /// The tag that the comment beside it is made to name, where that alone is what changes.
  package var label: String?

  package init(_ reference: Reference, label: String? = nil) {
    self.reference = reference
    self.label = label
  }

  /// As it is written.
  package var text: String {
    switch reference {
    case .image(let image): image.written + (image.tag == nil ? label.map { " # tag=\($0)" } ?? "" : "")
    case .action(let action): action.written + (label.map { " # \($0)" } ?? "")
    }
  }
}

/// The one state in which every site ends.
package enum SiteState: Hashable, Sendable {
  /// It names a digest or a commit.
  case pinned
  /// It can move, in a command that only looks.
  case unpinned
  /// It is pinned, and this is what became of it.
  case verified(Verdict)
  /// Rewritten (or, in a dry run, to be rewritten) from the site's text to this.
  indirect case changed(to: NewReference)
  case skipped(SkipReason)
  case failed(SiteFailure)

  /// A stable word for machines: `pinned`, `unpinned`, `verified`, `changed`, `skipped`, `failed`.
  package var code: String {
    switch self {
    case .pinned: "pinned"
    case .unpinned: "unpinned"
    case .verified: "verified"
    case .changed: "changed"
    case .skipped: "skipped"
    case .failed: "failed"
    }
  }

  /// What it is an instance of.
  package var rule: Rule {
    switch self {
    case .pinned: .pinned
    case .unpinned: .unpinned
    case .verified(let verdict): verdict.rule
    case .changed: .changed
    case .skipped(let reason): reason.rule
    case .failed(let failure): failure.rule
    }
  }
}
