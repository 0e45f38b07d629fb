import Dialects
import References
import SourceText

/// Which files the kustomizations of a repository take, and what they put in the place of the images there.
struct Kustomizations: Sendable {
  private struct Entry {
    var effect: Substitution.Effect
    /// Where it is: in the kustomization, or in a component or transformer of it.
    var file: String
    var line: Int
  }

  /// The kustomizations that take a file, by its path.
  private var users: [PathKey: Set<PathKey>] = [:]
  /// What a kustomization replaces, by its path and the name of the image.
  private var entries: [PathKey: [String: [Entry]]] = [:]
  /// The images that the patches of a kustomization set, by its path.
  private var patches: [PathKey: [ContainerKey: [Patch]]] = [:]

  private struct ContainerKey: Hashable {
    var kind: String
    var name: String
    var container: String

    init(_ container: ContainerName, of object: ContainerName.Object) {
      kind = object.kind
      name = object.name
      self.container = container.container
    }
  }

  private struct Patch {
    /// Empty for any.
    var namespace: String
    var entry: Entry
  }

  init(_ files: [ScannedFile]) {
    let kustomizations = files.filter { file in
      !file.substitutions.isEmpty || file.findings.links.contains { if case .kustomized = $0.meaning { true } else { false } }
    }
    guard !kustomizations.isEmpty else { return }
    let byPath = Dictionary(files.map { (PathKey($0.file.path), $0) }, uniquingKeysWith: { first, _ in first })
    entries = Dictionary(kustomizations.map { (PathKey($0.file.path), Self.entries(of: $0)) }, uniquingKeysWith: { first, _ in first })
    let own = entries
    for file in kustomizations {
      let user = PathKey(file.file.path)
      addPatches(of: file, for: nil, to: user)
      for link in file.findings.links {
        guard case .kustomized(let role) = link.meaning, let path = link.files.fileOrFolder(from: file.file.path) else { continue }
        for target in ([path] + Self.names.map { path.isEmpty ? $0 : "\(path)/\($0)" }).map(PathKey.init) {
          users[target, default: []].insert(user)
          switch role {
          case .resource: break
          case .patch(let object): if let patch = byPath[target] { addPatches(of: patch, for: object, to: user) }
          case .transformer: entries[user, default: [:]].merge(own[target] ?? [:], uniquingKeysWith: +)
          }
        }
      }
    }
  }

  /// Takes down what the patches in a file set, in what another kustomization takes. `object` is what they are for, where they do not say
  /// so.
  private mutating func addPatches(of file: ScannedFile, for object: ContainerName.Object?, to user: PathKey) {
    for (site, position) in zip(file.findings.sites, file.positions) {
      guard let container = site.container else { continue }
      let object = object ?? container.object
      patches[user, default: [:]][ContainerKey(container, of: object), default: []].append(
        Patch(namespace: object.namespace, entry: Entry(effect: .replaced, file: file.file.path, line: position.line)))
    }
  }

  /// What a patch of that kustomization sets in the place of an image of another file.
  private func patch(of site: Site, in file: PathKey, by user: PathKey) -> Entry? {
    guard let patches = patches[user], let container = site.container else { return nil }
    return patches[ContainerKey(container, of: container.object)]?.first { patch in
      PathKey(patch.entry.file) != file && (patch.namespace.isEmpty || patch.namespace == container.object.namespace)
    }?.entry
  }

  /// What the file of a kustomization is called in its folder.
  private static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  private static func entries(of file: ScannedFile) -> [String: [Entry]] {
    file.substitutions.reduce(into: [:]) { entries, substitution in
      entries[substitution.name, default: []].append(
        Entry(effect: substitution.effect, file: file.file.path, line: substitution.line))
    }
  }

  /// Why a digest makes no sense where an image of that file is; nil where it does.
  ///
  /// A kustomization that carries a digest to another name, or drops it, does so for everyone who uses that kustomization. Where
  /// kustomizations replace the tag, the image here runs as soon as one way to use the file goes without them.
  func reason(for image: ImageReference, at site: Site, in file: PathKey) -> SkipReason? {
    guard !users.isEmpty else { return nil }
    // What an entry makes of an image is changed by those who use its kustomization, and by no other entry beside it.
    let isEntry = site.digestKey != nil
    guard isEntry ? entries[file] != nil : site.isContainerImage else { return nil }
    var replacing: Entry?
    var isUsedAsItIs = isEntry && users[file] == nil
    var seen: Set<PathKey> = [file]
    var pending = isEntry ? (users[file] ?? []).sorted() : [file]
    while let next = pending.popLast() {
      if let patch = patch(of: site, in: file, by: next) {
        replacing = replacing ?? patch
      } else if let entry = entries[next]?[image.writtenName]?.first(where: { !isEntry || PathKey($0.file) != file }) {
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
