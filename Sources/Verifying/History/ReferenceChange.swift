import Pinning

/// What differs at one place between two versions of a repository.
package struct ReferenceChange: Hashable, Sendable {
  /// In the newer version; of a deleted file, in the older one.
  package var path: String
  /// Where the file was renamed.
  package var oldPath: String?
  package var place: String
  package var line: Int
  /// nil for a reference that was added.
  package var old: PinnedReference?
  /// nil for a reference that was removed.
  package var new: PinnedReference?
}

extension ReferenceChange {
  /// What differs between the references of two versions of one file: by their names, and where a name is new or gone, by their places, so
  /// that what only moved within the file does not count.
  static func changes(
    from old: [PinnedReference], at oldPath: String?, to new: [PinnedReference], at newPath: String?
  ) -> [ReferenceChange] {
    let path = newPath ?? oldPath ?? ""
    let formerPath = oldPath.flatMap { PathKey($0) == PathKey(path) ? nil : $0 }
    var before = old
    var after = new
    var changes: [ReferenceChange] = []
    func take(_ matches: (PinnedReference, PinnedReference) -> Bool) {
      for reference in after {
        guard let index = before.firstIndex(where: { matches($0, reference) }) else { continue }
        let previous = before.remove(at: index)
        if let position = after.firstIndex(of: reference) { after.remove(at: position) }
        guard previous.name != reference.name || previous.content != reference.content else { continue }
        changes.append(
          ReferenceChange(
            path: path, oldPath: formerPath, place: reference.place, line: reference.line, old: previous,
            new: reference))
      }
    }
    take { $0.place == $1.place && $0.name == $1.name && $0.content == $1.content }
    take { $0.place == $1.place && $0.name == $1.name }
    take { $0.name == $1.name && $0.content == $1.content }
    take { $0.name == $1.name }
    take { $0.place == $1.place }
    changes += before.map { ReferenceChange(path: path, oldPath: formerPath, place: $0.place, line: $0.line, old: $0, new: nil) }
    changes += after.map { ReferenceChange(path: path, oldPath: formerPath, place: $0.place, line: $0.line, old: nil, new: $0) }
    return changes.sorted { ($0.line, $0.place) < ($1.line, $1.place) }
  }
}
