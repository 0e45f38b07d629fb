import Configuration
import Dialects
import References

/// What the repository builds, and where that counts.
struct BuiltImages: Sendable {
  private struct Claim: Hashable {
    var extent: OwnImage.Extent
    /// The folder outside of which it says nothing.
    var tree: String
  }

  private var claims: [ImageName: [(claim: Claim, reason: SkipReason)]] = [:]
  /// The first bytes of the names that say what is built, by file.
  private var statements: [PathKey: [Int: SkipReason]] = [:]
  private let configuration: Configuration

  /// Where several files say that they build the same, the first one is named.
  init(_ files: [ScannedFile], _ configuration: Configuration) {
    self.configuration = configuration
    var seen: [ImageName: Set<Claim>] = [:]
    for file in files where !file.ownImages.isEmpty {
      let path = file.file.path
      let tree = ForeignTree.around(path)
      for own in file.ownImages {
        let reason = SkipReason.builtHere(file: path, line: own.line)
        statements[PathKey(path), default: [:]][own.byteOffset] = reason
        let claim = Claim(extent: own.extent, tree: tree)
        if own.extent != .place, seen[own.name, default: []].insert(claim).inserted {
          claims[own.name, default: []].append((claim, reason))
        }
      }
    }
  }

  /// Why an image of that file is asked of no registry; nil where it is. `offset` is its first byte, which may be behind a quote.
  func reason(for image: ImageReference, at offset: Int, in path: String) -> SkipReason? {
    if let stated = statements[PathKey(path)], let reason = stated[offset] ?? stated[offset - 1] { return reason }
    if let rule = configuration.builtHereRule(for: image) {
      return rule.isPinned ? nil : .builtHere(file: rule.origin.file, line: rule.origin.line)
    }
    return claims[image.name]?.first { claim, _ in
      let isMeant =
        switch claim.extent {
        case .name: true
        case .tag(let tag): image.effectiveTag == tag
        case .place: false
        }
      return isMeant && path.utf8.starts(with: claim.tree.utf8)
    }?.reason
  }
}

/// Folders with what others have written, or what is only tested with: what they say of images holds in them alone.
enum ForeignTree {
  private static let names: Set<Substring> = [
    "vendor", "node_modules", "third_party", "third-party", "thirdparty", "bower_components", "Godeps", "testdata", "fixtures",
    "__fixtures__",
    "test-fixtures", "test_fixtures",
  ]

  /// The innermost of them around a file, with its `/`; nothing where there is none.
  static func around(_ path: String) -> String {
    let folders = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    guard let last = folders.lastIndex(where: names.contains) else { return "" }
    return folders[...last].map { $0 + "/" }.joined()
  }
}
