import FoundationEssentials

/// Times as RFC 3339 writes them, in UTC.
package enum UTCTime {
  /// `2026-03-01T09:00:00Z`, of seconds since 1970.
  package static func text(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(Date.ISO8601FormatStyle())
  }

  /// Seconds since 1970, of a day (`2026-03-01`, its beginning) or a time (`2026-03-01T09:00:00Z`); nil for anything else.
  package static func seconds(_ text: String) -> Int64? {
    let day = Date.ISO8601FormatStyle().year().month().day()
    guard let date = (try? Date(text, strategy: Date.ISO8601FormatStyle())) ?? (try? Date(text, strategy: day)) else { return nil }
    return Int64(date.timeIntervalSince1970)
  }
}
