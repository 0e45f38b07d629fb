/// What one file says of images.
package struct Findings: Sendable {
  /// In the order of their bytes, no two overlapping.
  package var sites: [Site]
  package var ownImages: [OwnImage]
  /// What kustomize puts in the place of images.
  package var substitutions: [Substitution]
  /// Named build contexts.
  package var contexts: [NamedContext] = []
  /// Files of the repository that it names.
  package var links: [FileLink]
  /// Its parameters, where others give them values, or they are given to what may be in another file.
  package var parameters: [ParameterNode] = []

  /// Adds sites, each in its place.
  mutating func add(_ more: [Site]) {
    guard !more.isEmpty else { return }
    sites = (sites + more).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Gives the values of parameters that other files decide on their places among the sites.
  mutating func placeValues(_ place: (inout [Site]) -> Void) {
    let values = parameters.indices.flatMap { node in parameters[node].values.indices.map { (node, $0) } }
    guard !values.isEmpty else { return }
    // The value of several parameters is one site.
    var byRange = Dictionary(
      values.map { parameters[$0].values[$1].site }.map { ($0.range, $0) }, uniquingKeysWith: { first, _ in first })
    var all = sites.filter { byRange[$0.range] == nil } + byRange.values
    all.sort { $0.range.lowerBound < $1.range.lowerBound }
    place(&all)
    for site in all { byRange[site.range] = site }
    for (node, value) in values {
      if let site = byRange[parameters[node].values[value].site.range] { parameters[node].values[value].site = site }
    }
  }

  package var isEmpty: Bool {
    sites.isEmpty && parameters.isEmpty && ownImages.isEmpty && substitutions.isEmpty && contexts.isEmpty && links.allSatisfy(\.isGuess)
  }

  package init(sites: [Site] = [], ownImages: [OwnImage] = [], substitutions: [Substitution] = [], links: [FileLink] = []) {
    self.sites = sites
    self.ownImages = ownImages
    self.substitutions = substitutions
    self.links = links
  }
}
