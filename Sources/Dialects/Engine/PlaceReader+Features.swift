import Documents
import References
import SourceText

extension PlaceReader {
  /// The sites of the features of a development container; <https://containers.dev/implementors/features/#referencing-a-feature>.
  func features(_ match: DocumentWalk.Match) -> [Site] {
    let locked = lockedFeatures()
    return match.node.members.enumerated().compactMap { index, member in
      guard let name = member.key.scalar?.value else { return nil }
      var key = match
      key.node = member.key
      // Not the key itself: a pin changes it, and a site keeps its place.
      key.path += "[\(index)]"
      let whole = 0..<name.utf8.count
      if name.hasPrefix("./") || name.hasPrefix("../") { return site(key, whole, .skipped(.local)) }
      if name.hasPrefix("https://") || name.hasPrefix("http://") {
        return site(key, whole, .skipped(.notPinnable("an archive, not an artifact of a registry")))
      }
      // The short names of old (`node`, `github/repository/feature`) are replaced by the tools.
      guard name.utf8.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ".")) else {
        return site(key, whole, .skipped(.notPinnable("a feature by its old short name; name its registry")))
      }
      if locked.contains(name) { return site(key, whole, .skipped(.notPinnable("pinned by the lock file beside it"))) }
      return site(key, Place.Reference.image)
    }
  }

  /// The features that the lock file knows with their digest. One that cannot be read locks nothing.
  private func lockedFeatures() -> Set<String> {
    guard let bytes = options.companions.first?.bytes, let lock = try? JSONReader.read(SourceText(bytes)),
      let features = lock.documents.first?["features"]
    else {
      return []
    }
    return Set(features.members.compactMap { $0.value["resolved"]?.scalar == nil ? nil : $0.key.scalar?.value })
  }
}
