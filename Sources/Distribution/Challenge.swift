/// One challenge of a `WWW-Authenticate` field: how a server wants a request to be authorised (RFC 9110 section 11.3).
package struct Challenge: Hashable, Sendable {
  /// Lower case: `bearer`, `basic`, or one that is not known here.
  package var scheme: String
  /// Names are lower case, values as the server meant them, quotes and escapes taken away. Of repeated names the first counts, except that
  /// repeated `scope` parameters are joined by a space.
  package var parameters: [String: String] = [:]
  package var token68: String?

  package init(scheme: String, parameters: [String: String] = [:], token68: String? = nil) {
    self.scheme = scheme
    self.parameters = parameters
    self.token68 = token68
  }

  mutating func add(_ name: String, _ value: String) {
    guard let earlier = parameters[name] else {
      parameters[name] = value
      return
    }
    if name == "scope" { parameters[name] = "\(earlier) \(value)" }
  }
}
