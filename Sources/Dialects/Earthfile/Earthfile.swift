import Documents
import SourceText

extension Syntax {
  static let earthfile = Syntax(
    "an Earthfile", words: "`FROM`, `WITH DOCKER --pull`, `ARG` defaults that only a `FROM` uses, whole", tellsOfOthers: true,
    reading: .sites { (text, dialect, _) throws(DocumentError) in
      var reader = EarthfileReader(text, try EarthfileParser(text), dialect)
      return reader.read()
    })
}
