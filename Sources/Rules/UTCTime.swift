/// Times as RFC 3339 writes them, in UTC and whole seconds.
package enum UTCTime {
  private static let day: Int64 = 86_400

  /// `2026-03-01T09:00:00Z`, of seconds since 1970.
  package static func text(_ seconds: Int64) -> String {
    let date = CalendarDay(secondsSince1970: seconds)
    let rest = Int(seconds - Int64(date.daysSince1970) * day)
    let clock = [rest / 3_600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(date)T\(clock.joined(separator: ":"))Z"
  }

  /// Seconds since 1970, of a day (`2026-03-01`, its beginning) or a time (`2026-03-01T09:00:00Z`, or with `+01:00` in place of `Z`); nil
  /// for anything else.
  package static func seconds(_ text: String) -> Int64? {
    guard let day = CalendarDay(text.prefix(10)) else { return nil }
    let start = Int64(day.daysSince1970) * self.day
    let rest = text.dropFirst(10)
    if rest.isEmpty { return start }
    guard rest.first == "T", let clock = seconds(ofClock: rest.dropFirst().prefix(8)), let offset = offset(rest.dropFirst(9)) else {
      return nil
    }
    return start + clock - offset
  }

  /// Of `09:00:00`.
  private static func seconds(ofClock text: Substring) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let hour = number(parts[0], below: 24), let minute = number(parts[1], below: 60),
      let second = number(parts[2], below: 60)
    else { return nil }
    return hour * 3_600 + minute * 60 + second
  }

  /// Of `Z`, `+01:00` or `-01:00`.
  private static func offset(_ text: Substring) -> Int64? {
    if text == "Z" { return 0 }
    guard text.utf8.count == 6, let sign = text.first, sign == "+" || sign == "-",
      let seconds = seconds(ofClock: text.dropFirst() + ":00")
    else { return nil }
    return sign == "+" ? seconds : -seconds
  }

  private static func number(_ text: Substring, below limit: Int64) -> Int64? {
    guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int64(text), value < limit else {
      return nil
    }
    return value
  }
}
