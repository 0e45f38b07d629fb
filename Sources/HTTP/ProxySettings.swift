/// What somebody decided about the proxy of a request, in the place of the environment's variables.
package enum ProxyChoice: Hashable, Sendable {
  case direct
  /// An address as the variables hold it, and what named it, for messages. `NO_PROXY` still counts.
  case address(String, setting: String)
}

/// Which requests go through which proxy, as the environment says: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, in upper or lower
/// case.
///
/// The upper-case name is looked at first, and an empty value counts as none. `HTTP_PROXY` in upper case is ignored where `REQUEST_METHOD`
/// is set: a CGI
/// server puts a client's `Proxy:` header there. Loopback hosts are always reached directly unless `proxiesLoopback`, which is for tests.
package struct ProxySettings: Sendable {
  private enum Setting { case none, proxy(Proxy), invalid(variable: String) }

  private let http: Setting
  private let https: Setting
  private let bypass: ProxyBypass
  private let proxiesLoopback: Bool

  package init(environment: [String: String], proxiesLoopback: Bool = false) {
    func setting(_ names: [String]) -> Setting {
      for name in names {
        guard let value = environment[name], !value.isEmpty else { continue }
        return Proxy(value).map(Setting.proxy) ?? .invalid(variable: name)
      }
      return .none
    }
    let isCGI = environment["REQUEST_METHOD"] != nil
    http = setting((isCGI ? [] : ["HTTP_PROXY"]) + ["http_proxy", "ALL_PROXY", "all_proxy"])
    https = setting(["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
    bypass = ProxyBypass(["NO_PROXY", "no_proxy"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "")
    self.proxiesLoopback = proxiesLoopback
  }

  /// nil where the host is reached directly. A value that is not a proxy's address is an error rather than a direct connection.
  package func proxy(for url: HTTPURL, choice: ProxyChoice? = nil) throws(HTTPError) -> Proxy? {
    if url.isLoopback, !proxiesLoopback { return nil }
    if bypass.matches(url) { return nil }
    let setting: Setting =
      switch choice {
      case nil: url.scheme == .https ? https : http
      case .direct: .none
      case .address(let text, let name): Proxy(text).map(Setting.proxy) ?? .invalid(variable: name)
      }
    switch setting {
    case .none: return nil
    case .proxy(let proxy): return proxy
    case .invalid(let variable):
      throw .proxy(
        host: variable, reason: "its value is not a proxy's address: write http://host:port, https://host:port or socks5://host:port")
    }
  }
}
