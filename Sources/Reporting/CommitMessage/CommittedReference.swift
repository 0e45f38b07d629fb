import Dialects
import Pinning
import References

/// A reference that a commit changes, with all the files in which it changes in the same way.
struct CommittedReference: Hashable {
  var kind: Site.Kind
  /// Without tag, digest or commit: `nginx`, `actions/checkout`.
  var name: String
  /// What stood behind the name, digests cut short: `1.25`; empty for nothing.
  var old: String
  var new: String
  var isPinnedBefore: Bool
  /// What happened to the tag that is followed, where that is one that should have stayed: `rebuilt: 3 of 5 layers are the same`.
  var followed: String?
  /// From the repository's root, sorted.
  var files: [String]

  /// `nginx: 1.25 → 1.25@sha256:4c1f0a9b2d3e…`
  var line: String { "\(name): \(old.isEmpty ? "(no tag)" : old) → \(new.isEmpty ? "(no tag)" : new)".visible }

  /// Sorted by the bytes of their lines.
  static func all(in files: [FileReport]) -> [CommittedReference] {
    var found: [[UInt8]: CommittedReference] = [:]
    for file in files {
      for site in file.sites {
        guard var reference = CommittedReference(site) else { continue }
        let key = Array("\(reference.kind) \(site.site.text)\u{0}\(site.newText ?? "")".utf8)
        reference.files = found[key]?.files ?? []
        if reference.files.last?.utf8.elementsEqual(file.path.utf8) != true { reference.files.append(file.path) }
        found[key] = reference
      }
    }
    return found.values.map { (line: Array($0.line.utf8), reference: $0) }.sorted { $0.line.lexicographicallyPrecedes($1.line) }
      .map(\.reference)
  }

  private init?(_ site: SiteReport) {
    guard let text = site.newText else { return nil }
    kind = site.site.kind
    files = []
    let (before, after) = (Self.parts(site.site.text, kind), Self.parts(text, kind))
    name = after.name
    old = before.name == after.name ? before.version : site.site.text.abbreviatingDigest
    new = after.version
    followed = site.followed?.account
    isPinnedBefore = kind == .image ? site.site.image?.digest != nil : before.version != before.version.abbreviatingCommit
    if kind == .action { (old, new) = (old.abbreviatingCommit, new.abbreviatingCommit) }
  }

  private static func parts(_ text: String, _ kind: Site.Kind) -> (name: String, version: String) {
    if kind == .image, let image = try? ImageReference(parsing: text) {
      let version = [image.tag?.text, image.digest.map { "@\($0.abbreviated)" }].compactMap(\.self).joined()
      return (image.writtenName, version.hasPrefix("@") ? String(version.dropFirst()) : version)
    }
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return (text.abbreviatingDigest, "") }
    return (String(text[..<at]), String(text[text.utf8.index(after: at)...]))
  }
}

extension String {
  /// A full commit cut to the digits that git shows; anything else as it is.
  fileprivate var abbreviatingCommit: String { CommitID(self)?.abbreviated ?? self }
}
