/// What one file says of images.
package struct Findings: Sendable {
  /// In the order of their bytes, no two overlapping.
  package var sites: [Site]
  package var ownImages: [OwnImage]
  /// Files of the repository that it names.
  package var links: [FileLink]

  package var isEmpty: Bool { sites.isEmpty && ownImages.isEmpty && links.isEmpty }

  package init(sites: [Site] = [], ownImages: [OwnImage] = [], links: [FileLink] = []) {
    self.sites = sites
    self.ownImages = ownImages
    self.links = links
  }
}
