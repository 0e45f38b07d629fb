/// Dates of HTTP headers (RFC 9110 section 5.6.7).
package enum HTTPDate {
  /// Reads `Sun, 06 Nov 1994 08:49:37 GMT` and the two older forms `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
  package static func secondsSince1970(_ text: String) -> Int64? {
    let words = text.split { $0 == " " || $0 == "," || $0 == "-" }
    let day: Substring, month: Substring, year: Substring, time: Substring
    switch words.count {
    case 6 where words[5] == "GMT": (day, month, year, time) = (words[1], words[2], words[3], words[4])
    case 5: (day, month, year, time) = (words[2], words[1], words[4], words[3])
    default: return nil
    }
    let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { number($0, below: 61) }
    guard let day = number(day, below: 32), day > 0, let month = months.firstIndex(of: String(month)),
      var year = number(year, below: 10_000),
      clock.count == 3, let hour = clock[0], hour < 24, let minute = clock[1], minute < 60, let second = clock[2]
    else { return nil }
    // Two digits, as Netscape once wrote: the year within 50 of today's century.
    if words[words.count == 6 ? 3 : 4].utf8.count == 2 { year += year < 70 ? 2000 : 1900 }
    return Int64(days(year: year, month: month + 1, day: day)) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
  }

  /// `2026-03-01`, in UTC; nothing before 1970.
  package static func day(secondsSince1970 seconds: Int64) -> String {
    let days = Int(max(seconds, 0) / 86_400)
    var year = 1970 + days / 366
    while self.days(year: year + 1, month: 1, day: 1) <= days { year += 1 }
    var month = 1
    while month < 12, self.days(year: year, month: month + 1, day: 1) <= days { month += 1 }
    let day = days - self.days(year: year, month: month, day: 1) + 1
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func number(_ digits: Substring, below limit: Int) -> Int? {
    guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy(isDigit), let value = Int(digits), value < limit else { return nil }
    return value
  }

  /// Days since 1 January 1970 in the Gregorian calendar.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    // Counted from 1 March, so that a leap day is the last of its year.
    let monthsSinceMarch = (month + 9) % 12
    let years = month < 3 ? year - 1 : year
    return years * 365 + years / 4 - years / 100 + years / 400 + (monthsSinceMarch * 306 + 5) / 10 + day - 1 - 719_468
  }
}
