import Documents
import References
import SourceText

/// A mapping whose keys are features of a development container; <https://containers.dev/implementors/features/#referencing-a-feature>.
/// Those that its lock file, the file beside it, lists are left to that.
struct DevContainerFeatures: PlaceReading {
  var words: String? { " (keys)" }
  var holdsSeveral: Bool { true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    let lock = file.once { Lock(file.options.companions.first?.bytes) }
    return match.node.members.enumerated().compactMap { index, member in
      guard let name = member.key.scalar?.value else { return nil }
      var key = match
      key.node = member.key
      // Not the key itself: a pin changes it, and a site keeps its place.
      key.steps.append(.element(index))
      if let reason = reasonToLeave(name) ?? (lock.features.contains(name) ? .notPinnable("pinned by the lock file beside it") : nil) {
        return file.site(key, 0..<name.utf8.count, .skipped(reason))
      }
      return ImageText().site(at: key, of: file)
    }
  }

  private func reasonToLeave(_ name: String) -> SkipReason? {
    if name.hasPrefix("./") || name.hasPrefix("../") { return .local }
    if name.hasPrefix("https://") || name.hasPrefix("http://") { return .notPinnable("an archive, not an artifact of a registry") }
    // The short names of old (`node`, `github/repository/feature`) are replaced by the tools.
    let hasRegistry = name.utf8.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: "."))
    return hasRegistry ? nil : .notPinnable("a feature by its old short name; name its registry")
  }

  /// The features that the lock file knows with their digest. One that cannot be read locks nothing.
  private struct Lock {
    var features: Set<String> = []

    init(_ bytes: [UInt8]?) {
      guard let bytes, let lock = try? JSONReader.read(SourceText(bytes)), let features = lock.documents.first?["features"] else { return }
      self.features = Set(features.members.compactMap { $0.value["resolved"]?.scalar == nil ? nil : $0.key.scalar?.value })
    }
  }
}
