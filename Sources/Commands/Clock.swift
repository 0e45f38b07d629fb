import HTTP
import Rules

extension Environment {
  /// Seconds since 1970: what TAGPIN_NOW says, for tests and replays, else the clock of this machine. Whoever asks what day or time it is
  /// asks here; waiting and time limits go by the machine's own clock.
  var now: Int64 { setTime ?? WallClock.secondsSince1970() }

  /// In UTC.
  var today: CalendarDay { CalendarDay(secondsSince1970: now) }

  /// What is wrong with TAGPIN_NOW; nil where nothing is.
  var clockProblem: String? {
    guard let text = self["TAGPIN_NOW"], setTime == nil else { return nil }
    return "TAGPIN_NOW: '\(text)' is not a time; write 2026-03-01T09:00:00Z, or 2026-03-01 for its beginning"
  }

  /// With the dates of a commit, where the clock is set and nothing else says them.
  var variablesForCommits: [String: String] {
    guard let time = setTime else { return variables }
    return ["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"].reduce(into: variables) { variables, name in
      if variables[name]?.isEmpty ?? true { variables[name] = "@\(time) +0000" }
    }
  }

  private var setTime: Int64? { self["TAGPIN_NOW"].flatMap(UTCTime.seconds) }
}

extension CalendarDay {
  /// By the clock of this run.
  static var today: CalendarDay { Environment.current.today }
}
