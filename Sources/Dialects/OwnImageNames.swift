import References

extension ImageName {
  /// The name in a reference whose tag need not be literal: `acme/app:${VERSION}` is `acme/app`. nil where the name itself is not literal, or is none.
  package init?(namedBy written: String) {
    let bytes = written.utf8
    let afterSlash = bytes.lastIndex(of: UInt8(ascii: "/")).map(bytes.index(after:)) ?? bytes.startIndex
    let end = bytes[afterSlash...].firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") } ?? bytes.endIndex
    let name = String(written[..<end])
    guard Literal.placeholder(in: name) == nil, let parsed = try? ImageName(parsing: name) else { return nil }
    self = parsed
  }
}
