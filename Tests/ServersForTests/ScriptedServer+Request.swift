import NIOHTTP1

extension ScriptedServer {
  package struct Request: Sendable {
    package let method: String
    /// With the query.
    package let target: String
    package let headers: HTTPHeaders
    package internal(set) var body: [UInt8] = []
    /// Counts from 0, over all connections.
    package internal(set) var number = 0
    /// The numbers of those that had no answer yet when this one arrived, itself included.
    package internal(set) var open: Set<Int> = []
    /// How many these are.
    package var underWay: Int { open.count }

    init(_ head: HTTPRequestHead) {
      method = head.method.rawValue
      target = head.uri
      headers = head.headers
    }

    /// Without the query.
    package var path: String { String(target.prefix { $0 != "?" }) }
    package var query: String { String(target.dropFirst(path.count + 1)) }
    package var bodyText: String { String(decoding: body, as: UTF8.self) }

    /// Every value of that header field.
    package func values(of name: String) -> [String] { headers[name] }
    /// The value of a header field; several ones joined with a comma.
    package subscript(header name: String) -> String? { headers.contains(name: name) ? headers[name].joined(separator: ", ") : nil }
  }
}
