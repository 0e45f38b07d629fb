import Documents
import SourceText

/// Reads the sites of one parsed file at the places of its dialect.
struct PlaceReader {
  let dialect: Dialect
  let text: SourceText
  let stream: DocumentStream
  let options: DialectOptions
  /// The names that the file declares, by the paths at which a place looks for them.
  let declared: [SitePath: Set<String>]
  private let comments: LineComments
  /// The places that can hold something in this file.
  private let places: [Place]

  init(dialect: Dialect, text: SourceText, stream: DocumentStream, options: DialectOptions) {
    self.dialect = dialect
    self.text = text
    self.stream = stream
    self.options = options
    declared = Self.declared(in: stream, for: dialect.places)
    comments = LineComments(stream, in: text)
    let holdsCommands = dialect.places.contains(where: \.holdsScript) && ShellImages.mayStand(in: text.bytes)
    places = holdsCommands ? dialect.places : dialect.places.filter { !$0.holdsScript }
  }

  func findings() -> Findings {
    var findings = Findings()
    var defaults: [VariableDefault] = []
    var walk = DocumentWalk(places: places.map(\.path), exclusions: dialect.exclusions)
    for document in stream.documents { read(walk.walk(document), into: &findings, &defaults) }
    findings.sites += used(defaults, by: findings.sites)
    findings.sites.sort { $0.range.lowerBound < $1.range.lowerBound }
    findings.sites = namingEnvironment(findings.sites)
    comments.place(&findings.sites, in: text, dialect: dialect)
    return findings
  }

  private func read(_ document: WalkedDocument, into findings: inout Findings, _ defaults: inout [VariableDefault]) {
    let conditions = Conditions(of: places, in: document)
    // The same node may stand at several places: the first place of the dialect's list decides, of those that find something there.
    var decided: Set<Range<Int>> = []
    for match in document.matches.sorted(by: { $0.placeIndex < $1.placeIndex })
    where conditions.hold(places[match.placeIndex].condition, match) {
      let place = places[match.placeIndex]
      addContext(match, place.meaning, in: document, to: &findings)
      guard !decided.contains(match.node.range), let sites = sites(match, place) else { continue }
      decided.insert(match.node.range)
      switch place.meaning {
      case .reference(.variableDefault): defaults += sites.map { VariableDefault(match, $0) }
      case .reference, .parts:
        let otherUse = otherUse(of: match, place.condition, conditions, in: document)
        for var site in sites {
          site.content = otherUse ?? site.content
          findings.sites.append(site)
        }
      case .nested, .context: findings.sites += sites
      }
    }
  }

  /// The sites at a place; nil where it finds nothing, so that another place may.
  private func sites(_ match: DocumentWalk.Match, _ place: Place) -> [Site]? {
    switch place.meaning {
    case .reference(let reference): site(match, reference).map { [placed($0, match, place)] }
    case .parts(let parts): site(match, parts).map { [placed($0, match, place)] }
    case .nested(let nested): sites(match, nested).map { placed($0, match, place) }
    case .context(let context): context == .notAnImage ? [] : nil
    }
  }

  /// The site with what its place, and the objects that hold it, say about it.
  private func placed(_ site: Site, _ match: DocumentWalk.Match, _ place: Place) -> Site {
    var site = leftToRobots(site, match)
    let path = place.path.description
    site.pattern = site.pattern.map { "\(path) > \($0)" } ?? path
    site.form = place.form ?? site.form
    return site
  }

  /// What becomes of a site whose text something else in the document uses, too, which a pin would change with it; nil where nothing does.
  private func otherUse(
    of match: DocumentWalk.Match, _ condition: Place.Condition, _ conditions: Conditions, in document: WalkedDocument
  ) -> Site.Content? {
    if let other = conditions.comparison(condition, match) {
      let line = text.position(at: other).line
      return .skipped(.notPinnable("the same text in line \(line) may be compared with this one; change both by hand"))
    }
    return document.aliasElsewhere(of: match.node).map { .failed(.aliasElsewhere(line: text.position(at: $0).line)) }
  }
}
