import HTTP
import ServersForTests
import Testing

/// Nothing a server sends over HTTP/2 ends the process, or keeps a request for longer than its time.
@Suite(.timeLimit(.minutes(30))) struct FramesByChanceTests {
  /// Of 768 answers, most with something wrong in them. What they come to does not matter.
  @Test(arguments: [1, 2, 3, 4]) func `frames by chance do no harm`(seed: UInt64) async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let tls = try await certificates.server("server", alternativeNames: "DNS:localhost")
      var askedCount = 0
      for session in 0..<4 {
        var random = SplitMix(state: seed << 32 + UInt64(session) << 16)
        try await FrameServer.serving(tls: tls, opening: FramesByChance.opening(&random)) { request in
          var random = SplitMix(state: seed << 32 + UInt64(session) << 16 + (UInt64(request.path.dropFirst()) ?? 0))
          return FramesByChance.reply(to: request, &random)
        } while: { server in
          await withTaskGroup(of: Void.self) { group in
            for lane in 1...6 { group.addTask { await Self.ask(server, lane, "seed \(seed), session \(session)", certificates) } }
          }
          askedCount += server.requests.count
        }
      }
      // Not all of them, where the connection's opening or the answer before has spoilt it.
      #expect(askedCount > 0, "seed \(seed)")
    }
  }

  /// One request after the other over connections of its own, so that each follows what the answers before have left.
  private static func ask(_ server: FrameServer, _ lane: Int, _ place: String, _ certificates: TestCertificates) async {
    try? await withTransport {
      $0.environment = ["SSL_CERT_FILE": certificates.authority]
      $0.requestTimeout = .milliseconds(500)
    } do: { transport in
      for number in 0..<8 {
        let method = [HTTPRequest.Method.get, .head, .post][number % 3]
        let path = "/\(lane * 8 + number)"
        var request = HTTPRequest(method, try server.url(path), body: method == .post ? [1] : [], maximumBodyByteCount: 1 << 16)
        // Sent whatever the host answered before, and never twice by the transport itself.
        request.asksForRefusal = true
        let sent = request
        await withTaskGroup(of: Bool.self) { group in
          group.addTask {
            _ = try? await transport.send(sent)
            return true
          }
          group.addTask {
            try? await Task.sleep(for: .seconds(60))
            return false
          }
          if await group.next() == false { Issue.record("\(place), request \(path): no end") }
          group.cancelAll()
        }
      }
    }
  }
}

/// Frames as no server should send them, with some that it may.
private enum FramesByChance {
  static func opening(_ random: inout SplitMix) -> [Frame] {
    switch random.below(6) {
    case 0: []
    case 1: [.settings(settings(&random))]
    case 2: [.settings([]), Frame(type: 4, flags: 1, stream: 0, payload: [])]
    case 3: [frame(1, &random), .settings([])]
    default: [.settings([])]
    }
  }

  static func reply(to request: FrameServer.Request, _ random: inout SplitMix) -> FrameServer.Reply {
    var bytes: [UInt8] = []
    // What may stand before, or in the place of, a whole answer.
    for _ in 0..<random.below(5) { bytes += frame(request.stream, &random).bytes }
    let isWhole = random.chance(2)
    if isWhole { bytes += request.answer(random.chance(3) ? status(&random) : "200", "ok", fields(&random)).flatMap(\.bytes) }
    if random.chance(4) { bytes += frame(request.stream, &random).bytes }
    // A byte that is none of the frames', and an end in the middle of one.
    if random.chance(4), !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
    let isCut = random.chance(8)
    if isCut, !bytes.isEmpty { bytes.removeLast(random.below(bytes.count)) }
    return FrameServer.Reply(bytes: bytes, ends: isCut || (isWhole ? random.chance(6) : !random.chance(6)))
  }

  private static func frame(_ stream: Int, _ random: inout SplitMix) -> Frame {
    let stream = random.chance(4) ? random.pick([0, 1, 2, 3, 4, stream + 1, stream + 2, stream + 100, 0x7FFF_FFFF, 0xFFFF_FFFF]) : stream
    switch random.below(14) {
    case 0, 1:
      return .headers(stream, (random.chance(4) ? [] : [(":status", status(&random))]) + fields(&random), ends: random.chance(2))
    case 2: return Frame(type: 1, flags: UInt8(random.below(64)), stream: stream, payload: noise(&random))
    case 3: return Frame(type: 9, flags: UInt8(random.below(8)), stream: stream, payload: noise(&random))
    case 4: return .data(stream, String(repeating: "b", count: random.pick([0, 1, 5, 20_000])), ends: random.chance(2))
    case 5: return Frame(type: 0, flags: UInt8(random.below(16)), stream: stream, payload: noise(&random))
    case 6: return .reset(stream, random.chance(3) ? random.below(1 << 20) : random.below(14))
    case 7: return .settings(settings(&random))
    case 8: return .goAway(lastStream: random.pick([0, stream - 2, stream, 0x7FFF_FFFF]), random.below(14))
    case 9: return Frame(type: 8, flags: 0, stream: random.pick([0, stream]), payload: window(&random))
    case 10: return .pushPromise(stream, promised: random.pick([0, 1, 2, 3, stream + 1]), fields(&random))
    case 11: return Frame(type: random.pick([2, 6, 10, 12]), flags: UInt8(random.below(4)), stream: stream, payload: noise(&random))
    case 12: return Frame(type: UInt8(random.below(256)), flags: UInt8(random.below(256)), stream: stream, payload: noise(&random))
    // Any of the others with a length that it must not have.
    default:
      let length = random.pick([0, 1, 3, 4, 5, 7, 8, 9, 16_385])
      return Frame(type: UInt8(random.below(10)), flags: 0, stream: stream, payload: Array(repeating: 0, count: length))
    }
  }

  private static func status(_ random: inout SplitMix) -> String {
    random.pick(["100", "101", "103", "199", "200", "204", "304", "404", "999", "099", "000", "20", "2000", "-1", "+20", " 200", "é", ""])
  }

  private static func fields(_ random: inout SplitMix) -> [(String, String)] {
    (0..<random.below(5)).map { _ in
      let name = random.pick([
        "content-length", "content-length", "x", "X", "", ":status", ":path", ":peer", "é", "\u{0}", "a b", "connection", "upgrade", "te",
        "transfer-encoding", "trailer", "host", String(repeating: "n", count: 3000),
      ])
      let value = random.pick([
        "0", "2", "5", "-1", "5, 5", "99999999999999999999", "chunked", "a\r\nb: c", "\u{0}", "é", "", String(repeating: "v", count: 9000),
      ])
      return (name, value)
    }
  }

  private static func settings(_ random: inout SplitMix) -> [(parameter: Int, value: Int)] {
    (0..<random.below(4)).map { _ in
      (random.pick([0, 1, 2, 3, 4, 5, 6, 8, 9, 0xFFFF]), random.pick([0, 1, 2, 100, 16_383, 16_384, 65_535, 0x7FFF_FFFF, 0xFFFF_FFFF]))
    }
  }

  private static func window(_ random: inout SplitMix) -> [UInt8] {
    random.pick([[0, 0, 0, 0], [0, 0, 0, 1], [0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [1]])
  }

  private static func noise(_ random: inout SplitMix) -> [UInt8] {
    let count = random.pick([0, 1, 4, 5, 8, 40, 300])
    return (0..<count).map { _ in UInt8(random.below(256)) }
  }
}
