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

  /// Adds sites, each in its place.
  mutating func add(_ more: [Site]) {
    guard !more.isEmpty else { return }
    sites = (sites + more).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  package var isEmpty: Bool { sites.isEmpty && ownImages.isEmpty && substitutions.isEmpty && contexts.isEmpty && links.isEmpty }

  package init(sites: [Site] = [], ownImages: [OwnImage] = [], substitutions: [Substitution] = [], links: [FileLink] = []) {
    self.sites = sites
    self.ownImages = ownImages
    self.substitutions = substitutions
    self.links = links
  }
}
