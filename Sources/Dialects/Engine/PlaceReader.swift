import Documents
import References
import SourceText

/// Walks the documents of one file and has what is at the places of its dialect read.
struct PlaceReader {
  private let file: ReadFile
  /// The place of each path of the dialect.
  private var places: [Place] { file.dialect.placesOfPaths }

  init(_ file: ReadFile) { self.file = file }

  func findings() -> Findings {
    var findings = Findings()
    var parameters = ParameterTable(file)
    let mayStand = places.map { $0.reading.mayStand(in: file) }
    var walk = DocumentWalk(
      file.dialect.matchers.borrow(), isWanted: { mayStand[$0] }, isLoose: { [places] in places[$0].reading.isLoose },
      referenceTag: file.dialect.customs.referenceTag)
    for document in file.stream.documents { read(walk.walk(document, hasAnchors: file.stream.hasAnchors), into: &findings, &parameters) }
    file.dialect.matchers.giveBack(walk.matcher)
    func placed(_ site: Site, _ value: ParameterValue) -> Site {
      let document = parameters.documents[value.document]
      return heldByAlias(self.placed(site, value.match, value.place, in: document), value.match, in: document)
    }
    let outcome = parameters.outcome()
    let settled = outcome.sites.map(placed)
    // What the uses of a parameter say of its value counts more than what it may be.
    let ranges = Set(settled.map(\.range))
    findings.sites.removeAll { ranges.contains($0.range) }
    findings.sites += settled
    findings.sites.sort { $0.range.lowerBound < $1.range.lowerBound }
    file.nameVariableFile(&findings.sites)
    let comments = LineComments(file.stream, in: file.text, file.dialect.customs)
    findings.parameters = outcome.nodes.map { node, values in
      var node = node
      for (index, value) in values.enumerated() { node.values[index].site = placed(node.values[index].site, value) }
      return node
    }
    findings.placeValues { comments.place(&$0, in: file.text, marker: file.syntax.comment) }
    comments.place(&findings.sites, in: file.text, marker: file.syntax.comment)
    // In an array that has no room left over: they are kept for the rest of the run.
    findings.sites = findings.sites.map(\.self)
    return findings
  }

  private func read(_ document: WalkedDocument, into findings: inout Findings, _ parameters: inout ParameterTable) {
    let conditions = Conditions(in: document.root)
    parameters.begin(document)
    // The same node may be at several places: the first place of the dialect's list decides, of those that find something there.
    var decided: Set<Range<Int>> = []
    for match in document.matches.sorted(by: { $0.pathIndex < $1.pathIndex }) {
      let place = places[match.pathIndex]
      guard conditions.hold(place.condition, match) else { continue }
      let statements = place.reading.statements(at: match, in: document, of: file)
      findings.ownImages += statements.ownImages
      findings.substitutions += statements.substitutions
      findings.contexts += statements.contexts
      findings.links += statements.links
      guard !decided.contains(match.node.range) else { continue }
      if let parameter = place.reading.parameter {
        parameters.add(parameter, at: match, place)
        continue
      }
      guard let read = place.reading.sites(at: match, in: document, of: file) else { continue }
      decided.insert(match.node.range)
      let sites = read.map { placed($0, match, place, in: document) }
      parameters.add(sites, at: match, place)
      findings.sites += place.reading.holdsSeveral ? sites : sites.map { heldByAlias($0, match, in: document) }
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
    site.namespace = site.namespace ?? match.namespace
    let path = file.dialect.writtenPaths[match.pathIndex]
    site.pattern = site.pattern.map { "\(path) > \($0)" } ?? path
    site.form = place.form ?? site.form
    return site
  }

  /// Fails a site whose text something else in the document uses by its anchor, which a pin would change with it.
  private func heldByAlias(_ site: Site, _ match: Match, in document: WalkedDocument) -> Site {
    guard let alias = document.aliasElsewhere(of: match.node) else { return site }
    var site = site
    site.content = .failed(.aliasElsewhere(line: file.text.position(at: alias).line))
    return site
  }
}
