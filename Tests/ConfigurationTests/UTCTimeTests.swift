import Rules
import Testing

@Suite struct UTCTimeTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (1_795_856_400, "2026-11-28T09:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"),
      (-1, "1969-12-31T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
    ] as [(Int64, String)])
  func `a time is written as RFC 3339 has it, and read again`(_ seconds: Int64, _ text: String) {
    #expect(UTCTime.text(seconds) == text)
    #expect(UTCTime.seconds(text) == seconds)
  }

  @Test func `a day is its beginning, and an offset counts`() {
    #expect(UTCTime.seconds("2026-11-28") == 1_795_824_000)
    #expect(UTCTime.seconds("2026-11-28T10:00:00+01:00") == 1_795_856_400)
    #expect(UTCTime.seconds("2026-11-28T03:30:00-05:30") == 1_795_856_400)
  }

  @Test(arguments: [
    "", "yesterday", "2026-02-30", "2026-11-28T", "2026-11-28T09:00Z", "2026-11-28T24:00:00Z", "2026-11-28T09:00:00",
    "2026-11-28 09:00:00Z", "2026-11-28T09:00:00Zx",
  ])
  func `what is no time is none`(_ text: String) { #expect(UTCTime.seconds(text) == nil) }
}
