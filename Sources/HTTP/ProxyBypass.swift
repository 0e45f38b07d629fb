/// The hosts of `NO_PROXY`, which are reached directly.
///
/// Entries are between commas or spaces. `*` is every host; `example.com` is it and all names below it, `.example.com` and
/// `*.example.com` only those below;
/// an address is itself, `10.0.0.0/8` or `fd00::/8` a range of addresses; names and addresses can have a `:port` (an IPv6 address then has
/// brackets).
package struct ProxyBypass: Sendable {
  private enum Entry {
    case everything
    case name(String, withItself: Bool, port: Int?)
    case address(IPAddress, port: Int?)
    case range(AddressRange)
  }

  private let entries: [Entry]

  package init(_ text: String) {
    entries = text.split { $0 == "," || $0.isWhitespace }.compactMap { Self.entry(String($0).lowercased()) }
  }

  /// Compares what the URL says; no name is looked up.
  package func matches(_ url: HTTPURL) -> Bool {
    let name = url.host.utf8.last == UInt8(ascii: ".") ? String(url.host.dropLast()) : url.host
    let address = url.ipAddress
    return entries.contains { entry in
      switch entry {
      case .everything: true
      case .range(let range): address.map(range.contains) ?? false
      case .address(let wanted, let port): address == wanted && (port == nil || port == url.effectivePort)
      case .name(let suffix, let withItself, let port):
        (port == nil || port == url.effectivePort) && address == nil
          && (name.hasSuffix(".\(suffix)") || (withItself && name == suffix))
      }
    }
  }

  private static func entry(_ text: String) -> Entry? {
    if text == "*" { return .everything }
    if let range = AddressRange(text) { return .range(range) }
    if let address = IPAddress(text) { return .address(address, port: nil) }

    var name = text[...]
    var port: Int?
    if let colon = text.lastIndex(of: ":") {
      guard let number = Int(text[text.index(after: colon)...]) else { return nil }
      port = number
      name = text[..<colon]
    }
    if let address = IPAddress(String(name)) { return .address(address, port: port) }
    var withItself = true
    if name.hasPrefix("*.") { name = name.dropFirst() }
    if name.hasPrefix(".") {
      withItself = false
      name = name.dropFirst()
    }
    if name.hasSuffix(".") { name = name.dropLast() }
    return name.isEmpty ? nil : .name(String(name), withItself: withItself, port: port)
  }
}
