import Dialects
import References

/// Which files the kustomizations of a repository take, and what they put in the place of the images there.
struct Kustomizations: Sendable {
  private struct Entry {
    var effect: Substitution.Effect
    /// Where it stands: in the kustomization, or in a component or transformer of it.
    var file: String
    var line: Int
  }

  /// The kustomizations that take a file, by its path.
  private var users: [String: Set<String>] = [:]
  /// What a kustomization replaces, by its path and the name of the image.
  private var entries: [String: [String: [Entry]]] = [:]

  init(_ files: [ScannedFile]) {
    let files = files.filter { !$0.substitutions.isEmpty || !$0.findings.links.isEmpty }
    guard files.contains(where: { !$0.substitutions.isEmpty }) else { return }
    let own = Dictionary(files.map { ($0.file.path, Self.entries(of: $0)) }, uniquingKeysWith: { first, _ in first })
    entries = own
    for file in files {
      for link in file.findings.links {
        guard case .kustomized(let role) = link.meaning, let path = link.files.fileOrFolder(from: file.file.path) else { continue }
        for target in [path] + Self.names.map({ path.isEmpty ? $0 : "\(path)/\($0)" }) {
          users[target, default: []].insert(file.file.path)
          if role == .transformer, let others = own[target] {
            entries[file.file.path, default: [:]].merge(others, uniquingKeysWith: +)
          }
        }
      }
    }
  }

  /// What the file of a kustomization is called in its folder.
  private static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  private static func entries(of file: ScannedFile) -> [String: [Entry]] {
    file.substitutions.reduce(into: [:]) { entries, substitution in
      entries[substitution.name, default: []].append(
        Entry(effect: substitution.effect, file: file.file.path, line: substitution.line))
    }
  }

  /// Why a digest makes no sense where an image of that file stands; nil where it does.
  ///
  /// A digest that a kustomization would carry to another name, or drop, does so for whoever uses that kustomization. Where kustomizations replace the tag, the image
  /// here is the one that runs as soon as one way to use the file does without.
  func reason(for image: ImageReference, at site: Site, in file: String) -> SkipReason? {
    guard !entries.isEmpty else { return nil }
    // What an entry makes of an image is changed by those who use its kustomization, and by no other entry beside it.
    let isEntry = site.digestKey != nil
    guard isEntry ? entries[file] != nil : site.isContainerImage else { return nil }
    var replacing: Entry?
    var isUsedAsItIs = isEntry && users[file] == nil
    var seen: Set<String> = [file]
    var pending = isEntry ? (users[file] ?? []).sorted() : [file]
    while let next = pending.popLast() {
      if let entry = entries[next]?[image.writtenName]?.first(where: { !isEntry || $0.file != file }) {
        switch entry.effect {
        case .renamed: return .substitutedHere(file: entry.file, line: entry.line)
        case .suffixed: return .digestDropped(file: entry.file, line: entry.line)
        case .replaced: replacing = replacing ?? entry
        }
      } else {
        let users = users[next] ?? []
        isUsedAsItIs = isUsedAsItIs || users.isEmpty
        pending += users.sorted().filter { seen.insert($0).inserted }
      }
    }
    return isUsedAsItIs ? nil : replacing.map { .substitutedHere(file: $0.file, line: $0.line) }
  }
}
