/// How long a host asks to be left alone (RFC 9110 section 10.2.3).
package enum RetryAfter {
  /// Seconds from `now`, at least 0; nil where the value is neither a number of seconds nor a date.
  ///
  /// - Parameter now: seconds since 1970. The answer's own `Date` is better than our clock, which can be wrong.
  package static func seconds(in value: String, now: Int64) -> Int? {
    let text = value.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    if !text.isEmpty, text.allSatisfy(isDigit) { return min(Int(String(decoding: text, as: UTF8.self)) ?? longest, longest) }
    guard let date = HTTPDate.secondsSince1970(value) else { return nil }
    return Int(min(max(date - now, 0), Int64(longest)))
  }

  /// As the headers of an answer say.
  package static func seconds(in headers: HTTPFields, now: Int64 = WallClock.secondsSince1970()) -> Int? {
    headers["Retry-After"].flatMap { seconds(in: $0, now: headers["Date"].flatMap(HTTPDate.secondsSince1970) ?? now) }
  }

  /// A year: more is not waited for either way, and sums of it can't overflow.
  private static let longest = 31_536_000
}
