import Foundation
import ServersForTests
import Testing

/// The page of `history --page` as Chromium shows it.
@Suite(.timeLimit(.minutes(30))) struct HistoryPageLookTests {
  private static let digests = ["a", "b"].map { "sha256:" + String(repeating: $0, count: 64) }

  /// Reads a screenshot, and says which columns have the background alone, and where each of the colours named is: `left right`.
  private static let reader = """
    import sys, zlib, struct
    data = open(sys.argv[1], 'rb').read()
    assert data[:8] == b'\\x89PNG\\r\\n\\x1a\\n'
    at, pixels = 8, b''
    while at < len(data):
        size, kind = struct.unpack('>I4s', data[at:at + 8])
        if kind == b'IHDR': width, height, depth, colour = struct.unpack('>IIBB', data[at + 8:at + 18])
        if kind == b'IDAT': pixels += data[at + 8:at + 8 + size]
        at += size + 12
    assert depth == 8
    n = {2: 3, 6: 4}[colour]
    raw, rows, before = zlib.decompress(pixels), [], bytearray(width * n)
    for y in range(height):
        kind, row = raw[y * (width * n + 1)], bytearray(raw[y * (width * n + 1) + 1:(y + 1) * (width * n + 1)])
        for i in range(len(row)):
            a, b, c = row[i - n] if i >= n else 0, before[i], before[i - n] if i >= n else 0
            if kind == 1: p = a
            elif kind == 2: p = b
            elif kind == 3: p = (a + b) // 2
            elif kind == 4: p = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
            else: p = 0
            row[i] = (row[i] + p) & 255
        rows.append(row)
        before = row
    def box(test):
        columns = [x for x in range(width) if any(test(bytes(row[x * n:x * n + 3])) for row in rows)]
        print(columns[0] if columns else -1, columns[-1] if columns else -1)
    back = bytes(rows[0][:3])
    print(width, back.hex())
    box(lambda pixel: pixel != back)
    for word in sys.argv[2:]: box(lambda pixel, wanted=bytes.fromhex(word): pixel == wanted)
    """

  struct Look: Sendable, CustomTestStringConvertible {
    var width: Int
    var isDark: Bool
    var testDescription: String { "\(width) pixels, \(isDark ? "dark" : "light")" }
    var background: String { isDark ? "0d1117" : "ffffff" }
    /// Of a tag alone, of the first digest and of the second, and of what the ledger saw.
    var colours: [String] { isDark ? ["484f58", "58a6ff", "3fb950", "ffa657"] : ["afb8c1", "0969da", "1a7f37", "bc4c00"] }
  }

  @Test(arguments: [(360, false), (360, true), (1200, false), (1200, true)].map { Look(width: $0.0, isDark: $0.1) })
  func `the page fits its window, and its bars follow one another`(look: Look) async throws {
    try await Sandbox.with { sandbox in
      let long = "registry.example.test:5000/a-team/with/a/long/path/and-a-name-that-does-not-end-soon"
      for (day, pin) in [(1, ""), (2, "@\(Self.digests[0])"), (3, "@\(Self.digests[1])")] {
        try await sandbox.track(["compose.yaml": "services: {a: {image: '\(long):1.2.3\(pin)'}}\n"])
        let time = "2026-03-0\(day)T12:00:00Z"
        let git = sandbox.program("git", environment: ["GIT_COMMITTER_DATE": time, "GIT_AUTHOR_DATE": time])
        try await git.checked(["commit", "-q", "-m", "day \(day)"])
      }
      try await sandbox.git("remote", "add", "origin", "https://ada:secret-word@git.test/acme/shop.git")
      try sandbox.write("ledger: seen.jsonl\n", to: "\(sandbox.home)/.config/tagpin/config.yaml")
      try sandbox.write(
        #"{"time": "2026-03-01T12:00:00Z", "reference": "\#(long):1.2.3", "digest": "\#(Self.digests[0])"}"# + "\n",
        to: "\(sandbox.home)/.config/tagpin/seen.jsonl")
      let outcome = try await sandbox.tagpin("history", "--page", "\(sandbox.root)/page.html")
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let page = try sandbox.text("\(sandbox.root)/page.html")
      #expect(page.contains("<rect class=\"seen\" x=\"0.00%\""))
      #expect(page.contains("<a href=\"https://git.test/acme/shop/commit/"))
      #expect(!page.contains("secret-word"))
      let picture = "\(sandbox.root)/page.png"
      try await sandbox.program("chromium").checked([
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
        "--blink-settings=preferredColorScheme=\(look.isDark ? 0 : 1)", "--window-size=\(look.width),900", "--screenshot=\(picture)",
        "file://\(sandbox.root)/page.html",
      ])
      let read = try await sandbox.program("python3").checked(["-c", Self.reader, picture] + look.colours)
      let lines = String(decoding: read, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      #expect(lines.first == ["\(look.width)", look.background])
      let boxes = lines.dropFirst().map { line in line.compactMap { Int($0) } }
      // Sixteen pixels are left free on both sides.
      #expect(boxes[0][0] >= 16 && boxes[0][1] < look.width - 16, "\(boxes)")
      for box in boxes { #expect(box[0] >= 16 && box[1] < look.width - 16, "\(boxes)") }
      // What still holds reaches furthest to the right.
      #expect(boxes[3][1] > boxes[2][1] || boxes[2][1] > boxes[1][1], "\(boxes)")
    }
  }
}
