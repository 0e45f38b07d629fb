import References
import SourceText

/// Finds the names of the images that shell lines build.
package enum ShellBuilds {
  /// The names that `docker build -t` and its relatives, `docker tag` and `docker commit` make, in scripts, Makefiles, and the `run:` and `script:` blocks of
  /// YAML files, each name once, at its first place.
  ///
  /// Lines are read as they stand, whatever surrounds them: nothing is parsed as YAML or Make, and nothing is run. A name is kept if its repository is
  /// literal, whatever its tag is made of. O(bytes).
  package static func ownImages(in text: SourceText) -> [OwnImage] {
    var scanner = ShellScanner(text.bytes)
    var seen: Set<ImageName> = []
    return scanner.references().compactMap { word in
      guard let name = ImageName(namedBy: String(decoding: word.text, as: UTF8.self)), seen.insert(name).inserted else { return nil }
      return OwnImage(name: name, origin: .built, byteOffset: word.offset)
    }
  }
}
