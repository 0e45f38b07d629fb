import References

/// An image name that the repository itself builds or substitutes, so that its references are not looked up in a registry.
package struct OwnImage: Hashable, Sendable {
  package enum Origin: String, Hashable, Sendable { case built, substituted }
  package var name: ImageName
  package var origin: Origin
  /// Byte offset of the place that says so.
  package var byteOffset: Int

  package init(name: ImageName, origin: Origin, byteOffset: Int) {
    self.name = name
    self.origin = origin
    self.byteOffset = byteOffset
  }
}

extension ImageName {
  /// The name in a reference whose tag need not be literal: `acme/app` of `acme/app:${VERSION}`. nil where the name itself is not literal (`${REGISTRY}/app`,
  /// `localhost:$PORT/app`), or is none.
  package init?(namedBy written: String) {
    let bytes = Array(written.utf8)
    var name = bytes[...]
    if let first = Literal.firstPlaceholder(in: name) {
      name = name[..<first.lowerBound]
      let lastComponent = name[(name.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? name.startIndex)...]
      guard lastComponent.contains(UInt8(ascii: ":")), !Self.hasSlashOutsidePlaceholders(bytes[first.lowerBound...]) else { return nil }
    }
    let afterSlash = name.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? name.startIndex
    let end = name[afterSlash...].firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") } ?? name.endIndex
    guard let parsed = try? ImageName(parsing: String(decoding: name[..<end], as: UTF8.self)) else { return nil }
    self = parsed
  }

  private static func hasSlashOutsidePlaceholders(_ bytes: ArraySlice<UInt8>) -> Bool {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if let end = Literal.endOfPlaceholder(at: index, in: bytes) {
        index = end
      } else if bytes[index] == UInt8(ascii: "/") {
        return true
      } else {
        index += 1
      }
    }
    return false
  }
}
