/// The names a certificate is for: its subject alternative names (RFC 5280 section 4.2.1.6), and not its common name (RFC 9525 section 2).
struct CertificateNames: Hashable, Sendable {
  /// As they are in the certificate: `registry.test`, `*.registry.test`.
  var names: [[UInt8]] = []
  var addresses: [IPAddress] = []

  /// Whether the certificate is for the host of a URL, by the rules of RFC 9525 as Go's crypto/x509 has them: an address is compared with
  /// addresses, by value; a name with names, without regard to case; `*` stands for one whole label, the leftmost. Names that are no host
  /// names match themselves only. A dot at the end of the host counts for nothing.
  func include(_ host: String) -> Bool {
    if let address = IPAddress(host) { return addresses.contains { $0.unmapped == address.unmapped } }
    let host = Self.lowercased(host.utf8)
    let isHost = Self.isHost(host.last == UInt8(ascii: ".") ? host.dropLast() : host[...], mayBeWildcard: false)
    return names.contains { name in
      let name = Self.lowercased(name)
      guard isHost, Self.isHost(name[...], mayBeWildcard: true) else { return !name.isEmpty && name != [UInt8(ascii: ".")] && name == host }
      return Self.labels(name, match: host)
    }
  }

  private static func labels(_ name: [UInt8], match host: [UInt8]) -> Bool {
    let labels = name.split(separator: UInt8(ascii: "."))
    let wanted = host.split(separator: UInt8(ascii: "."))
    guard labels.count == wanted.count else { return false }
    return labels.first == wanted.first || labels.first == [UInt8(ascii: "*")] ? labels.dropFirst() == wanted.dropFirst() : false
  }

  private static func isHost(_ bytes: ArraySlice<UInt8>, mayBeWildcard: Bool) -> Bool {
    guard !bytes.isEmpty, bytes != [UInt8(ascii: "*")] else { return false }
    let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.enumerated().allSatisfy { index, label in
      if mayBeWildcard, index == 0, label == [UInt8(ascii: "*")] { return true }
      return !label.isEmpty && label.first != UInt8(ascii: "-")
        && label.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }
  }

  /// Of ASCII letters only: others are not part of a host's name as it goes over the wire, where IDN are A-labels.
  private static func lowercased(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }
}

extension CertificateNames: CustomStringConvertible {
  /// A few of them, fit to be shown.
  package var description: String {
    let all = names.map { "'\(ServerText.shown(String(decoding: $0, as: UTF8.self)) ?? "")'" } + addresses.map(\.description)
    let shown = all.prefix(3)
    let more = all.count - shown.count
    if more > 0 { return "\(shown.joined(separator: ", ")) and \(more) more" }
    return shown.count < 2 ? shown.joined() : "\(shown.dropLast().joined(separator: ", ")) and \(shown[shown.count - 1])"
  }
}
