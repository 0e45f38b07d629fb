/// How the nodes at a place are read.
///
/// What several formats have in common is in Readings: `ImageText`, `ImageInParts`, `EmbeddedText`… What one consumer alone does is
/// beside the data of its dialect in Catalogue: `ConcourseResource`, `HelmValue`… A reading says either where references stand, or
/// something of other images and files, or both.
protocol PlaceReading: Hashable, Sendable {
  /// What the table of dialects says behind the path; nil where no reference of its own is there.
  var words: String? { get }
  /// Why a reference here is never pinned.
  var whyLeftAlone: String? { get }
  var pinnedPart: PinnedPart { get }
  /// Whether several references may be in a node, so that none of them is the whole node: who uses the node by its anchor is not asked
  /// for.
  var holdsSeveral: Bool { get }
  /// Whether most nodes at its paths are not images, so that an alias there uses an image elsewhere.
  var isLoose: Bool { get }
  /// Whether `statements` can have something in them: other files are read for that.
  var tellsOfOthers: Bool { get }
  /// Whether these are images alone, each named in the file.
  var tellsOfImagesOnly: Bool { get }
  /// A node is a reference only where this parameter, whose value it is, is used as a whole image.
  var parameter: Parameter? { get }
  /// Where that parameter is of something that may be in another file: which.
  func callees(at match: Match, in document: WalkedDocument) -> [Callee]
  /// The byte where a declaration says which values its parameter takes.
  func limit(at match: Match) -> Int?
  /// How certainly a parameter that is all of an image here is one; nil where what it is filled with says nothing.
  var certaintyOfParameters: ParameterUse.Certainty? { get }
  /// Whether it is worth looking for such places in the file at all.
  func mayStand(in file: ReadFile) -> Bool

  /// The sites in a node; nil where it is nothing of the kind, so that a later place of the dialect may say what it is. An empty list says
  /// that it is none.
  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]?
  /// What a node says of other images and files, whether or not another place reads it first.
  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements
}

extension PlaceReading {
  var words: String? { "" }
  var whyLeftAlone: String? { nil }
  var pinnedPart: PinnedPart { .image }
  var holdsSeveral: Bool { false }
  var isLoose: Bool { false }
  var tellsOfOthers: Bool { false }
  var tellsOfImagesOnly: Bool { false }
  var parameter: Parameter? { nil }
  func callees(at match: Match, in document: WalkedDocument) -> [Callee] { [] }
  func limit(at match: Match) -> Int? { nil }
  var certaintyOfParameters: ParameterUse.Certainty? { nil }
  func mayStand(in file: ReadFile) -> Bool { true }
  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? { nil }
  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements { Statements() }
}

/// What a node says of other images and files.
struct Statements {
  /// Images that the repository builds.
  var ownImages: [OwnImage] = []
  /// Images that a kustomization replaces.
  var substitutions: [Substitution] = []
  /// Named build contexts that it declares.
  var contexts: [NamedContext] = []
  /// Files that it names.
  var links: [FileLink] = []
}
