import ArgumentParser
import Configuration
import HTTP
import Rules

/// What makes a command fail that looks for findings.
struct GateOptions: ParsableArguments {
  @Flag(help: "Take warnings for errors.") var strict = false

  @Option(help: "Exit with 1 from this severity on: error, warning or note.") var severity: Severity = .error

  /// As without any option.
  static let standard = Settings(isStrict: false, threshold: .error)

  var settings: Settings { Settings(isStrict: strict, threshold: severity) }

  struct Settings {
    var isStrict: Bool
    var threshold: Severity
  }
}

extension Severity: ExpressibleByArgument {}

extension CalendarDay {
  /// In UTC.
  static var today: CalendarDay {
    let seconds = WallClock.secondsSince1970()
    return CalendarDay(daysSince1970: Int((seconds >= 0 ? seconds : seconds - 86_399) / 86_400))
  }
}
