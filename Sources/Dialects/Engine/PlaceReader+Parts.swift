extension PlaceReader {
  /// The site of a reference in parts; nil where there are none.
  func site(_ match: DocumentWalk.Match, _ parts: Place.Parts) -> Site? {
    switch parts {
    case .image(let keys): imageSite(match, keys)
    case .helmValue: helmSite(match)
    case .concourseResource(let leftAlone): concourseSite(match, leftAlone: leftAlone)
    case .gitRepository(let keys): gitSite(match, keys)
    }
  }
}
