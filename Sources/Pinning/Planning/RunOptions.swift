import Configuration
import Dialects
import References
import Rules

/// What a run is asked to do.
package struct RunOptions: Sendable {
  package var command: Report.Command
  package var isDryRun = false
  /// Write the rest where one reference cannot be resolved or one file cannot be written.
  package var keepsGoing = false
  /// Requests in flight.
  package var jobs = 128
  package var only: Site.Kind?
  /// Overrides the configuration's and the dialect's.
  package var form: PinForm?
  /// The platform whose manifest is pinned; nil pins what the tag names.
  package var platform: Platform?
  /// Record the most specific tag of an action's commit, whatever the configuration says.
  package var expandsVersions = false
  /// What an update changes.
  package enum Update: Sendable {
    /// Digests and commits, as their tags say now.
    case contents
    /// Comments that name no tag of their commit.
    case comments
    /// Tags that have moved off a digest which its registry deletes then.
    case tags
  }

  package var update = Update.contents
  /// How long what an update moves to has to be known, in place of what trusted files of the configuration say.
  package var minimumAge: Age?
  /// What an update moves whatever its age, and whatever happened to its tag.
  package var exempt: [IgnoreRule.Subject] = []
  /// Warnings of policies weigh as much as errors.
  package var isStrict = false
  /// The least weight of a finding that makes a gate fail.
  package var threshold = Severity.error
  package var configuration = Configuration.default
  /// All files of the repository are worked on, so that a rule that matches nothing here matches nothing at all.
  package var looksAtEverything = false
  /// Rules of the configuration that end before this day do not count; nil where none ends.
  package var today: CalendarDay?

  package init(_ command: Report.Command, today: CalendarDay? = nil) {
    self.command = command
    self.today = today
  }

  package var exactTags: ActionReference.ExactTags {
    expandsVersions || update == .comments || configuration.actions.comment == .exact ? .wanted : .unwanted
  }
}
