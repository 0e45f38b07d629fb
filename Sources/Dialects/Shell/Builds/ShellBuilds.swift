import References
import SourceText

/// Finds the names of the images that shell lines build.
package enum ShellBuilds {
  /// The names that `docker build -t` and its relatives, `docker tag` and `docker commit` make, in scripts, Makefiles, and the `run:` and `script:` blocks of
  /// YAML files, each name once, at its first place.
  ///
  /// Lines are read as they stand, whatever surrounds them: nothing is parsed as YAML or Make, and nothing is run. A name is kept if its repository is
  /// literal, or is made of variables to which the same file gives literal values, whatever its tag is made of. O(bytes).
  package static func ownImages(in text: SourceText) -> [OwnImage] {
    var scanner = BuildScanner(text.bytes)
    var seen: Set<ImageName> = []
    var variables: ShellVariables?
    return scanner.references().compactMap { word in
      var name = Self.name(of: word.text)
      if name == nil, word.text.contains(UInt8(ascii: "$")) {
        var known = variables ?? ShellVariables(text.bytes)
        variables = nil
        name = Self.name(of: known.expanding(word.text))
        variables = known
      }
      guard let name, seen.insert(name).inserted else { return nil }
      return OwnImage(name: name, origin: .built, byteOffset: word.offset)
    }
  }

  private static func name(of reference: [UInt8]) -> ImageName? { ImageName(namedBy: String(decoding: reference, as: UTF8.self)) }
}
