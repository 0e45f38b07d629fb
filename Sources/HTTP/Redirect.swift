/// Why a redirect is not followed.
package enum RedirectRefusal: Hashable, Sendable {
  case tooMany(Int)
  /// From https to http.
  case downgrade(to: String)
  /// To a host that is nearer to this machine than the first one, by its URL or by the address of its name.
  case localAddress(String)
  /// The answer has no usable `Location`.
  case unusableLocation
}

extension RedirectRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooMany(let count): "more than \(count) times"
    case .downgrade(let host): "from https to plain http at \(host), which is refused"
    case .localAddress(let host): "to \(host), which is refused: that is this machine or its own network, and nearer than the server itself"
    case .unusableLocation: "to no usable place"
    }
  }
}

/// What is done with an answer that points elsewhere (RFC 9110 section 15.4). The method never changes.
package enum Redirect: Hashable, Sendable {
  package static let maximumCount = 10

  case follow(HTTPURL)
  case refuse(RedirectRefusal)

  /// nil if it is not a redirect. `origin` is where the first request went. A target by name is asked with `NamingServer.restricted`.
  package init?(
    _ response: HTTPResponse, from url: HTTPURL, origin: NamingServer, followed: Int, limit: Int = maximumCount
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
    } else if !origin.mayName(target) {
      self = .refuse(.localAddress(target.authority))
    } else {
      self = .follow(target)
    }
  }
}
