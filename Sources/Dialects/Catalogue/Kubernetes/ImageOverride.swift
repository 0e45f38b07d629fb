import Documents
import SourceText

/// `old=new:tag`, whose new name is the image; or an image. As `kustomize edit set image` takes it.
struct ImageOverride: PlaceReading {
  var words: String? { " (`old=new:tag`)" }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    file.site(at: match) { scalar, value in
      ImageText().site(at: match, Self.range(in: Array(scalar.value.utf8), value), in: scalar, of: file)
    }.map { [$0] }
  }

  /// What is behind the first `=`; all where there is none.
  static func range(in bytes: [UInt8], _ value: Range<Int>) -> Range<Int> {
    (bytes[value].firstIndex(of: UInt8(ascii: "=")).map { $0 + 1 } ?? value.lowerBound)..<value.upperBound
  }
}
