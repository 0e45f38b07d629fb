/// Why a redirect is not followed.
package enum RedirectRefusal: Hashable, Sendable {
  case tooMany(Int)
  /// From https to http.
  case downgrade(to: String)
  /// From a public host to one of the own machine or network.
  case localAddress(String)
  /// There is no `Location`, or not one that can be used.
  case unusableLocation
}

extension RedirectRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooMany(let count): "more than \(count) times"
    case .downgrade(let host): "from https to plain http at \(host), which is refused"
    case .localAddress(let host): "to the local address \(host), which is refused"
    case .unusableLocation: "to no usable place"
    }
  }
}

/// What is done with an answer that points elsewhere (RFC 9110 section 15.4). The method never changes.
package enum Redirect: Hashable, Sendable {
  package static let maximumCount = 10

  case follow(HTTPURL)
  case refuse(RedirectRefusal)

  /// nil if the answer is no redirect. `origin` is where the first request went.
  package init?(
    _ response: HTTPResponse, from url: HTTPURL, origin: HTTPURL, followed: Int, limit: Int = maximumCount
  ) {
    guard [301, 302, 303, 307, 308].contains(response.status) else { return nil }
    guard followed < limit else {
      self = .refuse(.tooMany(limit))
      return
    }
    guard let location = response.headers["Location"], let target = try? url.resolving(location) else {
      self = .refuse(.unusableLocation)
      return
    }
    if url.scheme == .https, target.scheme == .http {
      self = .refuse(.downgrade(to: target.authority))
    } else if Self.isLocal(target), !Self.isLocal(origin) {
      self = .refuse(.localAddress(target.authority))
    } else {
      self = .follow(target)
    }
  }

  /// Names are not looked up; the transport connects to whatever address they have.
  private static func isLocal(_ url: HTTPURL) -> Bool {
    url.isLoopback || url.host.hasSuffix(".localhost") || url.ipAddress?.isLocal == true
  }
}
