import References
import SourceText

/// Finds the names of the images that shell lines build.
package enum ShellBuilds {
  /// The names that `docker build -t` and its relatives, `docker tag` and `docker commit` make, in scripts, Makefiles, and the `run:` and
  /// `script:` blocks of YAML files, each once, at its first place.
  ///
  /// Lines are read as they are, whatever surrounds them: nothing is parsed as YAML or Make, and nothing is run. A name is kept if its
  /// repository is literal, or is made of variables to which the same file gives literal values, whatever its tag is made of. O(bytes).
  package static func ownImages(in text: SourceText) -> [OwnImage] { statements(in: text).ownImages }

  /// The same, and the named contexts that builds are given.
  static func statements(in text: SourceText) -> Statements {
    var scanner = BuildScanner(text.bytes)
    var seen: Set<Claim> = []
    var variables: ShellVariables?
    let images = scanner.references().compactMap { word -> OwnImage? in
      var image = Self.image(word.text, at: word)
      if image == nil, word.text.contains(UInt8(ascii: "$")) {
        var known = variables ?? ShellVariables(text.bytes)
        variables = nil
        image = Self.image(known.expanding(word.text), at: word, isComputed: true)
        variables = known
      }
      guard let image, seen.insert(Claim(name: image.name, extent: image.extent)).inserted else { return nil }
      return image
    }
    return Statements(
      ownImages: images, contexts: scanner.contexts.compactMap { NamedContext(named: $0.string, byteOffset: $0.offset) })
  }

  private struct Claim: Hashable {
    var name: ImageName
    var extent: OwnImage.Extent
  }

  private static func image(_ reference: [UInt8], at word: BuildWord, isComputed: Bool = false) -> OwnImage? {
    OwnImage(builtAs: String(decoding: reference, as: UTF8.self), isComputed: isComputed, byteOffset: word.offset)
  }
}
