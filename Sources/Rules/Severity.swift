/// How much a finding weighs.
package enum Severity: String, CaseIterable, Hashable, Comparable, Sendable {
  /// Good to know.
  case note
  /// Somebody should look at it.
  case warning
  /// It fails a run.
  case error

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}
