import ArgumentParser
import Configuration
import HTTP
import Rules

/// What makes a command fail that looks for findings.
struct GateOptions: ParsableArguments {
  @Flag(help: "Take warnings for errors.") var strict = false

  @Option(
    help: "Exit with 1 from this severity on: error, warning or note.", completion: Choice<Severity>.completion,
    transform: Choice<Severity>.parse)
  var severity: Severity = .error
}

extension CalendarDay {
  /// In UTC.
  static var today: CalendarDay {
    let seconds = WallClock.secondsSince1970()
    return CalendarDay(daysSince1970: Int((seconds >= 0 ? seconds : seconds - 86_399) / 86_400))
  }
}
