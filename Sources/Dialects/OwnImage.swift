import References

/// An image that the repository itself builds, so that its references are not looked up in a registry.
package struct OwnImage: Hashable, Sendable {
  /// Which references are meant, wherever they stand.
  package enum Extent: Hashable, Sendable {
    /// All of that name.
    case name
    /// Those with this tag.
    case tag(Tag)
    /// Only the one at this place.
    case place
  }

  package var name: ImageName
  package var extent: Extent
  /// Byte offset of the place that says so.
  package var byteOffset: Int

  /// nil where the text names no image.
  ///
  /// A tag that is written out is what is built, and no other. Without one, or with one that is computed, it may be any tag; but not of
  /// Docker Hub's own images, which others pull whatever is built on them here. A name without an owner that is not one of these is in no
  /// registry, whatever its tag.
  ///
  /// - Parameter isComputed: the text was made of variables, whose values may be others elsewhere.
  package init?(builtAs written: some StringProtocol, isComputed: Bool = false, byteOffset: Int) {
    let filled = ImageName(namedBy: String(written)) == nil ? Self.withDefaults(String(written)) : nil
    let written = filled ?? String(written)
    guard let name = ImageName(namedBy: written) else { return nil }
    let tagText = written.utf8Slice(ImageName.tagRange(in: Array(written.utf8)))
    let tag = Literal.placeholder(in: tagText) == nil ? Tag(tagText) : nil
    self.name = name
    self.byteOffset = byteOffset
    if name.isOfficial {
      extent = tagText.isEmpty ? .tag(.latest) : tag.map(Extent.tag) ?? .place
    } else if let tag, !isComputed, filled == nil, name.familiarWithoutOwner == nil {
      extent = .tag(tag)
    } else {
      extent = .name
    }
  }
}

extension OwnImage {
  /// What a name is where nothing else is given for its variables; nil where that is not known.
  private static func withDefaults(_ written: String) -> String? {
    let bytes = Array(written.utf8)
    return AssembledName(interpolating: TracedBytes(bytes, bytes.indices))?.text
  }
}

extension ImageName {
  /// The name in a reference whose tag need not be literal: `acme/app` of `acme/app:${VERSION}`. nil where the name itself is not literal
  /// (`${REGISTRY}/app`, `localhost:$PORT/app`), or if it is not a name.
  package init?(namedBy written: String) {
    let bytes = Array(written.utf8)
    var name = bytes[...]
    if let first = Literal.firstPlaceholder(in: name) {
      name = name[..<first.lowerBound]
      let lastComponent = name[(name.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? name.startIndex)...]
      guard lastComponent.contains(UInt8(ascii: ":")), !Self.hasSlashOutsidePlaceholders(bytes[first.lowerBound...]) else { return nil }
    }
    guard let parsed = try? ImageName(parsing: String(decoding: name[..<Self.endOfName(in: name)], as: UTF8.self)) else { return nil }
    self = parsed
  }

  /// Where the tag is in a reference whose name is literal, its `:` left out; empty where none does.
  fileprivate static func tagRange(in bytes: [UInt8]) -> Range<Int> {
    let name = bytes[..<(Literal.firstPlaceholder(in: bytes[...])?.lowerBound ?? bytes.endIndex)]
    let colon = endOfName(in: name)
    guard colon < name.endIndex, bytes[colon] == UInt8(ascii: ":") else { return bytes.count..<bytes.count }
    return (colon + 1)..<(bytes[colon...].firstIndex(of: UInt8(ascii: "@")) ?? bytes.endIndex)
  }

  private static func endOfName(in name: ArraySlice<UInt8>) -> Int {
    let afterSlash = name.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? name.startIndex
    return name[afterSlash...].firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") } ?? name.endIndex
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
