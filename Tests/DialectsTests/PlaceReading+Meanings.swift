import References
import Rules
import SourceText

@testable import Dialects

extension PlaceReading {
  /// What the reading finds at these paths of a YAML text: the written reference of what can be pinned, the code of what cannot.
  func meanings(_ text: String, at paths: SitePaths, options: DialectOptions = DialectOptions()) throws -> [String] {
    try findings(text, at: paths, options: options).sites.map { site in
      switch site.content {
      case .image(let image): image.written
      case .action(let action): "\(action.writtenName)@\(action.ref)"
      case .skipped(let reason): reason.rule.id
      case .failed(let failure): failure.rule.id
      }
    }
  }

  func findings(_ text: String, at paths: SitePaths, options: DialectOptions = DialectOptions()) throws -> Findings {
    let dialect = Dialect(name: "test", title: "", claim: .path([]), syntax: .yaml, places: [Place(paths, by: self)])
    return try dialect.findings(in: SourceText(text), options: options)
  }
}
