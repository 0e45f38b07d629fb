extension ScriptedServer {
  /// The bytes that are sent, and what becomes of the connection then.
  package struct Reply: Sendable {
    package enum Ending: Sendable {
      /// The connection stays open.
      case complete
      /// The connection is closed. The length that an answer gives promised one more byte.
      case truncated
      /// Likewise, and the client is told so by a reset.
      case reset
      /// Blanks follow the body for as long as the client listens.
      case endless
    }

    /// Nil where the body is all that is sent.
    private var status: Int?
    private var headers: [(String, String)] = []
    private(set) var body: [UInt8]
    private(set) var ending: Ending
    private(set) var delay = Duration.zero

    /// `Content-Length` is added where `headers` do not say how long the body is.
    package init(_ status: Int, headers: [(String, String)] = [], body: [UInt8]) {
      self.init(body: body, ending: .complete)
      self.status = status
      self.headers = headers
    }

    private init(body: [UInt8], ending: Ending) {
      self.body = body
      self.ending = ending
    }

    package static func answer(
      _ status: Int, headers: [(String, String)] = [], body: String = "", delay: Duration = .zero
    ) -> Reply {
      var reply = Reply(status, headers: headers, body: Array(body.utf8))
      reply.delay = delay
      return reply
    }

    package static func json(_ status: Int, _ text: String, headers: [(String, String)] = []) -> Reply {
      answer(status, headers: [("Content-Type", "application/json")] + headers, body: text)
    }

    /// These bytes, then the connection is closed, or reset.
    package static func raw(_ text: String, reset: Bool = false) -> Reply {
      Reply(body: Array(text.utf8), ending: reset ? .reset : .truncated)
    }

    package static func raw(_ bytes: [UInt8], ending: Ending) -> Reply { Reply(body: bytes, ending: ending) }

    /// Nothing, on a connection that stays open.
    package static let silence = Reply(body: [], ending: .complete)

    package func ending(_ ending: Ending) -> Reply {
      var reply = self
      reply.ending = ending
      return reply
    }

    /// Whether its headers promise more than it has, so that the client waits for the rest.
    var isUnfinished: Bool {
      let length = headers.first { $0.0.lowercased() == "content-length" }.flatMap { Int($0.1) }
      return length.map { $0 > body.count } ?? false
    }

    /// Over HTTP/2; nil for raw bytes, which it has none of.
    var head: (status: Int, headers: [(String, String)])? {
      guard let status else { return nil }
      let hasLength = headers.contains { $0.0.lowercased() == "content-length" }
      let length = ending == .complete ? body.count : body.count + 1
      return (status, headers + (hasLength || ending == .endless ? [] : [("Content-Length", "\(length)")]))
    }

    /// As they go over the wire of HTTP/1.1.
    func bytes(toHead isHead: Bool) -> [UInt8] {
      guard let status else { return body }
      var lines = ["HTTP/1.1 \(status) X"] + headers.map { "\($0): \($1)" }
      if !headers.contains(where: { ["content-length", "transfer-encoding"].contains($0.0.lowercased()) }) {
        switch ending {
        case .complete: lines.append("Content-Length: \(body.count)")
        case .truncated, .reset: lines.append("Content-Length: \(body.count + 1)")
        case .endless: lines.append("Transfer-Encoding: chunked")
        }
      }
      let head = lines.map { $0 + "\r\n" }.joined() + "\r\n"
      return Array(head.utf8) + (isHead ? [] : ending == .endless ? Self.chunk(body) : body)
    }

    /// An empty one would be the last.
    static func chunk(_ bytes: [UInt8]) -> [UInt8] {
      bytes.isEmpty ? [] : Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }
  }
}
