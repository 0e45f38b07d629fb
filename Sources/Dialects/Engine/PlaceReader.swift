import Documents
import References
import SourceText

/// Walks the documents of one file and has what stands at the places of its dialect read.
struct PlaceReader {
  private let file: ReadFile
  /// The place of each path of the dialect.
  private var places: [Place] { file.dialect.placesOfPaths }

  init(_ file: ReadFile) { self.file = file }

  func findings() -> Findings {
    var findings = Findings()
    var defaults: [VariableDefault] = []
    let mayStand = places.map { $0.reading.mayStand(in: file) }
    var walk = DocumentWalk(
      file.dialect.matchers.borrow(), isWanted: { mayStand[$0] }, isLoose: { [places] in places[$0].reading.isLoose },
      referenceTag: file.dialect.customs.referenceTag)
    for document in file.stream.documents { read(walk.walk(document), into: &findings, &defaults) }
    file.dialect.matchers.giveBack(walk.matcher)
    findings.sites += file.used(defaults, by: findings.sites)
    findings.sites.sort { $0.range.lowerBound < $1.range.lowerBound }
    file.nameVariableFile(&findings.sites)
    LineComments(file.stream, in: file.text, file.dialect.customs).place(&findings.sites, in: file.text, marker: file.syntax.comment)
    return findings
  }

  private func read(_ document: WalkedDocument, into findings: inout Findings, _ defaults: inout [VariableDefault]) {
    let conditions = Conditions(in: document.root)
    let uses = ParameterUses(of: document, places: places)
    // The same node may stand at several places: the first place of the dialect's list decides, of those that find something there.
    var decided: Set<Range<Int>> = []
    for match in document.matches.sorted(by: { $0.pathIndex < $1.pathIndex }) {
      let place = places[match.pathIndex]
      guard conditions.hold(place.condition, match), uses.fill(place.reading.parameter, match) else { continue }
      let statements = place.reading.statements(at: match, in: document, of: file)
      findings.ownImages += statements.ownImages
      findings.substitutions += statements.substitutions
      findings.contexts += statements.contexts
      findings.links += statements.links
      guard !decided.contains(match.node.range), let read = place.reading.sites(at: match, in: document, of: file) else { continue }
      decided.insert(match.node.range)
      let sites = read.map { placed($0, match, place, in: document) }
      if place.reading.parameter?.uses == .variable {
        defaults += sites.map { VariableDefault(name: match.outerKey ?? "", site: $0) }
      } else if place.reading.holdsSeveral {
        findings.sites += sites
      } else {
        let otherUse = otherUse(of: match, place.reading.parameter, uses, in: document)
        findings.sites += sites.map { site in
          var site = site
          site.content = otherUse ?? site.content
          return site
        }
      }
    }
  }

  /// The site with what its place, and the objects that hold it, say about it.
  private func placed(_ site: Site, _ match: Match, _ place: Place, in document: WalkedDocument) -> Site {
    var site = site
    if let image = site.image, image.digest == nil, let policy = file.dialect.customs.pullPolicy?.neverPulls(match, in: document) {
      site.content = .skipped(.neverPulled(policy))
    }
    if let image = site.image, let robot = file.dialect.customs.robots.first(where: { $0.writes(image, match) }) {
      site.content = .skipped(.ownedByRobot(robot.name))
    }
    site.container = site.container ?? ContainerName(of: match)
    let path = file.dialect.paths[match.pathIndex].description
    site.pattern = site.pattern.map { "\(path) > \($0)" } ?? path
    site.form = place.form ?? site.form
    return site
  }

  /// What becomes of a site whose text something else in the document uses, too, which a pin would change with it; nil where nothing does.
  private func otherUse(of match: Match, _ parameter: Parameter?, _ uses: ParameterUses, in document: WalkedDocument) -> Site.Content? {
    if let parameter, let other = uses.comparison(of: parameter, match) {
      let line = file.text.position(at: other).line
      return .skipped(.notPinnable("the same text in line \(line) may be compared with this one; change both by hand"))
    }
    return document.aliasElsewhere(of: match.node).map { .failed(.aliasElsewhere(line: file.text.position(at: $0).line)) }
  }
}
