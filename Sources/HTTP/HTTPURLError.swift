/// Why a text is not a URL that requests can be sent to.
package enum HTTPURLError: Error, Hashable, Sendable {
  /// It does not begin with `http://` or `https://`.
  case unsupportedScheme(String)
  /// `user@` or `user:password@` before the host. The text is kept out of the message.
  case userInformation
  case fragment
  case invalidHost(String)
  case invalidPort(String)
  /// A control character, a space, a byte above 0x7F or another that a URL can't hold unencoded, or a `%` without two hexadecimal digits.
  case invalidCharacter(byteOffset: Int)
}

extension HTTPURLError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unsupportedScheme(""): "not a URL: write it with 'https://' or 'http://'"
    case .unsupportedScheme(let scheme): "'\(scheme)' URLs are not supported: use https or http"
    case .userInformation: "a URL must not hold a user name or password: log in to the registry instead"
    case .fragment: "a URL of a registry cannot have a '#' part"
    case .invalidHost(let host): "'\(host)' is not a host name or an IP address"
    case .invalidPort(let port): "'\(port)' is not a port: 1 to 65535"
    case .invalidCharacter(let offset): "a character that URLs cannot hold, at byte \(offset): percent-encode it"
    }
  }
}
