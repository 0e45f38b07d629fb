import Documents

extension PlaceReader {
  /// The `image` of a service that has a `build`, too. Each may be its own, come by a merge key, or from the service of the same file that it extends;
  /// <https://docs.docker.com/reference/compose-file/services/#extends>.
  func builtImage(of service: Node, in document: Node, _ walk: DocumentWalk) -> [OwnImage] {
    guard let image = inherited("image", by: service, in: document, walk), isGiven(inherited("build", by: service, in: document, walk))
    else {
      return []
    }
    return image.scalar.map { own([$0.value], .built, image) } ?? []
  }

  func inherited(_ key: String, by service: Node, in document: Node, _ walk: DocumentWalk) -> Node? {
    var service = service
    var seen: Set<Range<Int>> = []
    while seen.insert(service.range).inserted {
      if let value = walk.member(key, of: service) { return value }
      guard let extended = walk.member("extends", of: service), extended["file"] == nil,
        let name = extended.scalar?.value ?? extended["service"]?.scalar?.value,
        let base = walk.member("services", of: document).flatMap({ walk.member(name, of: $0) })
      else { return nil }
      service = base
    }
    return nil
  }

  /// `build: null` builds nothing.
  func isGiven(_ value: Node?) -> Bool {
    guard let value else { return false }
    guard let scalar = value.scalar else { return true }
    return scalar.tag != "!reset" && (scalar.style != .plain || !["", "~", "null"].contains(scalar.value))
  }
}
