import Dialects

/// What files say of others of the run. Files are known by their indices.
struct LinkedFiles {
  private let tree: FileTree
  /// The parts of them that a development container is made of.
  private var containerParts: [Int: Set<FileLink.DevContainerPart>] = [:]
  /// Who says of which service what it is built from.
  private var builds: [(file: Int, service: String, target: Int)] = []

  init(_ files: [SourceFile]) { tree = FileTree(files) }

  /// A file that another says to be of a dialect.
  struct Claim: Hashable {
    var file: Int
    var dialect: String
    var isGuess: Bool
  }

  /// The file that a symbolic link leads to, of the dialect that its name tells; nil where it is not among the files of the run.
  func target(of link: Int, as dialect: Dialect) -> Claim? {
    tree.target(of: link).map { Claim(file: $0, dialect: dialect.name, isGuess: false) }
  }

  /// Takes down what a file says, and of it which files are found. Returns the files that are of a dialect because of it.
  mutating func add(_ scanned: inout ScannedFile, from file: Int) -> [Claim] {
    var claims: [Claim] = []
    var found: Set<Range<Int>> = []
    for link in scanned.findings.links {
      for target in tree.indices(of: link.files, from: file) {
        if let mention = link.mention { found.insert(mention) }
        if let dialect = link.dialect { claims.append(Claim(file: target, dialect: dialect, isGuess: link.isGuess)) }
        switch link.meaning {
        case .devContainer(_, let part): containerParts[target, default: []].insert(part)
        case .build(_, let service): builds.append((file, service, target))
        case .dialect, .companion, .kustomized: break
        }
      }
    }
    scanned.noteRead(at: found)
    return claims
  }

  /// Gives the images that a development container is made of the one form that its tools take.
  func apply(to files: inout [Int: ScannedFile]) {
    var parts = containerParts
    for build in builds where containerParts[build.file]?.contains(.service(build.service)) ?? false {
      parts[build.target, default: []].insert(.base)
    }
    for (file, parts) in parts { for part in parts { files[file]?.findings.takeDigestsOnly(in: part) } }
  }
}
