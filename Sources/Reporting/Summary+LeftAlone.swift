import Pinning
import Rules

extension Summary {
  /// What was left alone, and why: what names something that can change apart from what needs no pin.
  struct LeftAlone {
    /// A comment or the configuration says so.
    var ignored = 0
    /// `--only` leaves it out.
    var unselected = 0
    /// It can change, and `pin` cannot help it as it is; how many of each reason.
    var unpinnable: [Rule: Int] = [:]
    /// Nothing in it can change.
    var needsNone = 0

    mutating func add(_ site: SiteReport) {
      switch site.state.rule {
      case .ignoredByComment, .ignoredByConfiguration: ignored += 1
      case .notSelected: unselected += 1
      case let rule where site.isMutableThoughSkipped: unpinnable[rule, default: 0] += 1
      default: needsNone += 1
      }
    }

    /// `5 not pinnable as they are (3 in scripts, 2 filled in elsewhere)`; nil where there is nothing of the kind.
    var unpinnableWords: String? {
      let sorted = unpinnable.sorted { $0.value == $1.value ? $0.key.id < $1.key.id : $0.value > $1.value }
      guard let first = sorted.first else { return nil }
      let total = sorted.reduce(0) { $0 + $1.value }
      let what = total == 1 ? "1 not pinnable as it stands" : "\(total) not pinnable as they stand"
      guard sorted.count > 1 else { return "\(what) (\(first.key.whereLeft))" }
      return "\(what) (\(sorted.map { "\($0.value) \($0.key.whereLeft)" }.joined(separator: ", ")))"
    }

    var needsNoneWords: String? { needsNone == 0 ? nil : needsNone == 1 ? "1 needs none" : "\(needsNone) need none" }
  }
}

extension Rule {
  /// Behind a number: where what is left alone for this reason is, or what it is.
  fileprivate var whereLeft: String { Self.whereLeft[self] ?? title }

  private static let whereLeft: [Rule: String] = [
    .notLiteral: "filled in elsewhere", .tagInScript: "in scripts", .likely: "maybe no image", .notPinnable: "where no digest is taken",
    .tagElsewhere: "with a tag from elsewhere", .ownedByRobot: "kept by another robot", .mustStayTag: "made to stay a tag",
    .fileNotRead: "in files that are not read", .defaultBranch: "on a default branch", .clusterInternal: "in a cluster's registry",
    .tagSuffix: "with a tag suffix", .digestDropped: "with a tag suffix elsewhere", .namedContext: "maybe a build context",
    .locked: "in a lock file that cannot be read", .turnedOff: "turned off by default", .usedOtherwise: "used otherwise, too",
  ]
}
