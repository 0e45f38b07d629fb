import Documents
import References
import SourceText

extension ReadFile {
  /// The image in a text whose variables all have defaults in it: the default itself, where it is all of the text. nil where anything else
  /// is filled in.
  func interpolated(_ match: Match, _ range: Range<Int>, in scalar: Scalar) -> Site? {
    guard dialect.customs.hasDefaultsInTexts, scalar.localTag == nil,
      let name = AssembledName(interpolating: TracedBytes(Array(scalar.value.utf8), range)), Literal.shoutedName(in: name.text) == nil,
      let image = try? ImageReference(parsing: name.text)
    else { return nil }
    // What the file beside it says is used in place of the default.
    if let variable = ComposeImageVariable.name(in: scalar.value.utf8Slice(range)), variableFileHas(variable) { return nil }
    if let fallback = name.onlyFallback?.range { return self.site(match, fallback, .image(image)) }
    var site = self.site(match, range, .image(image))
    guard site.image != nil else { return site }
    site.text = name.text
    site.digestKey = name.digestKey(of: image).flatMap { outer($0, match.node) }
    if site.digestKey == nil { site.unwritten = name.reason(image) }
    return site
  }

  private func variableFileHas(_ name: String) -> Bool {
    guard let file = dialect.customs.variableFile, let bytes = companion(file) else { return false }
    return DotEnv.values(in: SourceText(bytes)).contains { $0.name == name }
  }
}
