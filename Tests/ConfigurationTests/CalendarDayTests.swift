import Rules
import Testing

@Suite struct CalendarDayTests {
  @Test(arguments: [
    (0, "1970-01-01"), (-1, "1969-12-31"), (59, "1970-03-01"), (11_016, "2000-02-29"), (11_017, "2000-03-01"), (20_512, "2026-02-28"),
    (20_513, "2026-03-01"), (47_540, "2100-02-28"), (47_541, "2100-03-01"),
  ]) func `days are counted from 1970`(_ days: Int, _ text: String) {
    #expect(CalendarDay(daysSince1970: days).description == text)
    #expect(CalendarDay(text) == CalendarDay(daysSince1970: days))
  }

  @Test(arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-32", "tomorrow", "", "2026-01-01T00:00:00Z"])
  func `what is no day is none`(_ text: String) { #expect(CalendarDay(text) == nil) }

  @Test func `days are ordered`() throws {
    let (first, second) = (try #require(CalendarDay("2026-09-30")), try #require(CalendarDay("2026-10-01")))
    #expect(first < second)
  }
}
