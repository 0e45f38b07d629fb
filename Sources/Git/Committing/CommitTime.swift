import LibC

/// When somebody wrote or committed something, and by which clock.
package struct CommitTime: Hashable, Sendable {
  /// Since 1970-01-01T00:00:00Z.
  package var seconds: Int64
  /// East of Greenwich.
  package var offsetMinutes: Int32

  package init(seconds: Int64, offsetMinutes: Int32) {
    self.seconds = seconds
    self.offsetMinutes = offsetMinutes
  }

  /// By the clock and the time zone of this process.
  static var now: CommitTime {
    let seconds = time(nil)
    return CommitTime(seconds: Int64(seconds), offsetMinutes: localOffset(at: seconds))
  }

  /// Reads what GIT_AUTHOR_DATE may hold (gitformat "Date Formats"): `@1700000000 +0100`, ISO 8601, RFC 2822, or what `git log` shows.
  /// Without an offset the time is local.
  package init?(_ text: String) {
    var scanner = DateScanner(text)
    guard let time = scanner.internalTime() ?? DateScanner.calendarTime(text) else { return nil }
    // libgit2 writes 32 bits of them, and says nothing where there are more.
    guard UInt32(exactly: time.seconds) != nil else { return nil }
    self = time
  }

  fileprivate static func localOffset(at seconds: time_t) -> Int32 {
    var seconds = seconds
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return 0 }
    return Int32(parts.tm_gmtoff / 60)
  }
}

/// Takes a date apart, byte by byte. A method that does not find what it looks for moves nothing.
private struct DateScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8.drop { $0 == UInt8(ascii: " ") }.reversed().drop { $0 == UInt8(ascii: " ") }.reversed())
  }

  private var isAtEnd: Bool { position == bytes.count }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func number(digits: ClosedRange<Int>) -> Int? {
    var end = position
    while end < bytes.count, end - position < digits.upperBound, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end]) { end += 1 }
    guard digits.contains(end - position), let value = Int(String(decoding: bytes[position..<end], as: UTF8.self)) else { return nil }
    position = end
    return value
  }

  private mutating func letters() -> String {
    let start = position
    while position < bytes.count, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[position] | 0x20) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
  }

  /// Seconds since 1970 as git itself keeps them. Without the `@` fewer than nine digits could be a date.
  mutating func internalTime() -> CommitTime? {
    let isMarked = take("@")
    guard let seconds = number(digits: (isMarked ? 1 : 9)...12) else { return nil }
    if isAtEnd { return CommitTime(seconds: Int64(seconds), offsetMinutes: CommitTime.localOffset(at: time_t(seconds))) }
    guard take(" "), let offset = offset(), isAtEnd else { return nil }
    return CommitTime(seconds: Int64(seconds), offsetMinutes: offset)
  }

  static func calendarTime(_ text: String) -> CommitTime? {
    var scanner = DateScanner(text)
    var parts = tm()
    var (log, rest) = (scanner, scanner)
    if log.logTime(&parts) {
      scanner = log
    } else {
      if scanner.isoDate(&parts) {
        guard scanner.take("T") || scanner.take(" ") else { return nil }
      } else {
        guard rest.internetDate(&parts) else { return nil }
        scanner = rest
      }
      guard scanner.clock(&parts) else { return nil }
    }
    while scanner.take(" ") {}
    parts.tm_isdst = -1
    if scanner.isAtEnd {
      let seconds = mktime(&parts)
      return CommitTime(seconds: Int64(seconds), offsetMinutes: Int32(parts.tm_gmtoff / 60))
    }
    guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
    return CommitTime(seconds: Int64(timegm(&parts)) - Int64(offset) * 60, offsetMinutes: offset)
  }

  /// `2026-04-07`
  private mutating func isoDate(_ parts: inout tm) -> Bool {
    guard let year = number(digits: 4...4), take("-"), let month = number(digits: 2...2), take("-"), let day = number(digits: 2...2)
    else { return false }
    return Self.set(&parts, year, month, day)
  }

  /// `Thu, 07 Apr 2026 `, with or without the day of the week.
  private mutating func internetDate(_ parts: inout tm) -> Bool {
    if !letters().isEmpty { _ = take(",") }
    while take(" ") {}
    guard let day = number(digits: 1...2), take(" "), let month = month(), take(" "), let year = number(digits: 4...4), take(" ")
    else { return false }
    return Self.set(&parts, year, month, day)
  }

  /// `Tue Apr 7 22:13:13 2026`, as 'git log' shows it.
  private mutating func logTime(_ parts: inout tm) -> Bool {
    guard !letters().isEmpty, take(" "), let month = month(), take(" ") else { return false }
    while take(" ") {}
    guard let day = number(digits: 1...2), take(" "), clock(&parts), take(" "), let year = number(digits: 4...4) else { return false }
    return Self.set(&parts, year, month, day)
  }

  private mutating func month() -> Int? {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return months.firstIndex(of: String(letters().prefix(3))).map { $0 + 1 }
  }

  private static func set(_ parts: inout tm, _ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard year >= 1970, (1...12).contains(month), (1...31).contains(day) else { return false }
    parts.tm_year = Int32(year - 1900)
    parts.tm_mon = Int32(month - 1)
    parts.tm_mday = Int32(day)
    return true
  }

  /// `22:13:13`, seconds optional, a fraction of them ignored.
  private mutating func clock(_ parts: inout tm) -> Bool {
    guard let hour = number(digits: 2...2), take(":"), let minute = number(digits: 2...2), hour < 24, minute < 60 else { return false }
    parts.tm_hour = Int32(hour)
    parts.tm_min = Int32(minute)
    guard take(":") else { return true }
    guard let second = number(digits: 2...2), second <= 60 else { return false }
    parts.tm_sec = Int32(second)
    if take(".") { return number(digits: 1...9) != nil }
    return true
  }

  /// `Z`, `+01`, `+0100` or `+01:00`.
  private mutating func offset() -> Int32? {
    if take("Z") { return 0 }
    let isWest = take("-")
    guard isWest || take("+"), let hours = number(digits: 2...2) else { return nil }
    if !isAtEnd { _ = take(":") }
    let minutes = isAtEnd ? 0 : number(digits: 2...2) ?? 99
    guard hours <= 14, minutes < 60 else { return nil }
    return Int32((isWest ? -1 : 1) * (hours * 60 + minutes))
  }
}
