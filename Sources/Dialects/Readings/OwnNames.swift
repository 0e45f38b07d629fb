import Documents

/// Names or references of images that the repository builds, one a line or separated by commas: no sites, but they are asked of no registry
/// wherever they stand.
struct OwnNames: PlaceReading {
  var words: String? { nil }
  var tellsOfOthers: Bool { true }
  var tellsOfImagesOnly: Bool { true }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    Statements(
      ownImages: Self.texts(of: match.node).flatMap { text, node in
        text.split { $0 == "," || $0.isNewline }.compactMap { OwnImage(builtAs: String($0), at: node) }
      })
  }

  /// A scalar, or those of a list. A template of HCL is an expression, quotes and all; what begins without a quote is the name of something
  /// else.
  static func texts(of node: Node) -> [(text: String, node: Node)] {
    (node.scalar == nil ? node.elements : [node]).compactMap { node in
      guard let scalar = node.scalar else { return nil }
      guard scalar.style == .expression else { return (scalar.value, node) }
      let quote = UInt8(ascii: "\"")
      return scalar.value.utf8.first == quote ? (scalar.value.utf8Slice(scalar.value.utf8Range { $0 != quote }), node) : nil
    }
  }
}

extension OwnImage {
  /// nil where the text names no image, whatever its tag is made of.
  init?(builtAs written: String, at node: Node) {
    self.init(builtAs: written.utf8Slice(written.utf8Range { !$0.isWhiteSpace }), byteOffset: node.range.lowerBound)
  }
}

extension Place {
  /// No site: names of images that the repository builds.
  init(built paths: SitePaths, if condition: Condition = .always) { self.init(paths, by: OwnNames(), if: condition) }
}
