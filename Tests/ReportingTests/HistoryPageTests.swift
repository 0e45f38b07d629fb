import Git
import References
import Testing

@testable import Reporting
@testable import Verifying

@Suite struct HistoryPageTests {
  private static func commit(_ day: Int, author: String = "Ada", summary: String = "one") -> CommitRecord {
    CommitRecord(id: String(repeating: "\(day)", count: 40), author: author, time: 1_772_323_200 + Int64(day) * 86_400, summary: summary)
  }

  private static func page(_ name: String, _ contents: [String?], summary: String = "one") -> String {
    let periods = contents.enumerated().map { index, content in
      PinHistory.Period(
        content: content, from: commit(index, summary: summary), until: index + 1 < contents.count ? commit(index + 1) : nil,
        files: ["compose.yaml"])
    }
    return HistoryPage(HistoryReport([PinHistory.Line(name: name, periods: periods)]), pages: nil).html
  }

  private static let digests = ["a", "b"].map { "sha256:" + String(repeating: $0, count: 64) }

  @Test(arguments: [("nginx:1.27.3", true), ("actions/checkout@v4.2.2", true), ("nginx:1.27", false), ("localhost:5000/app", false)])
  func `a full version that moved stands out`(name: String, isMarked: Bool) {
    #expect(Self.page(name, [Self.digests[0], Self.digests[1]]).contains("<strong>moved") == isMarked)
    #expect(!Self.page(name, [nil, Self.digests[1]]).contains("<strong>moved"))
  }

  @Test func `what others wrote is text`() {
    let page = Self.page("nginx:1", [Self.digests[0]], summary: "<script>alert('x')</script> & \"more\"\u{1B}")
    #expect(page.contains("&lt;script&gt;alert('x')&lt;/script&gt; &amp; &quot;more&quot;"))
    #expect(!page.contains("<script"))
  }

  @Test func `nothing is fetched and nothing is run`() {
    let page = Self.page("nginx:1", [Self.digests[0]])
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'"))
    #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("url("))
  }

  @Test(arguments: [("nginx:1.27.3", true), ("nginx:1.27", false)])
  func `what the ledger saw is a mark of its own, which stands out where it is another content of a full version`(
    name: String, isMarked: Bool
  ) throws {
    let tag = try #require(ObservedName("docker.io/library/\(name)"))
    let seen = Self.digests.enumerated().compactMap { day, digest in
      Digest(digest).map { Observation(time: Self.commit(day).time, name: tag, content: .digest($0)) }
    }
    let page = HistoryPage(HistoryReport([PinHistory.Line(name: name, periods: [], seen: seen)]), pages: nil).html
    #expect(page.contains(#"<rect class="seen" x="0.00%""#))
    #expect(page.contains(#"<rect class="seen bad""#) == isMarked)
    #expect(page.contains("<title>sha256:bbbbbbbbbbbb…, seen by the ledger on 2026-03-02</title>"))
    #expect(page.contains("<strong>moved") == isMarked)
  }

  @Test func `an empty history is a page`() {
    #expect(HistoryPage(HistoryReport([]), pages: nil).html.contains("No references found."))
  }
}
