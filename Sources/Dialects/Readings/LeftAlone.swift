import Documents

/// What another reading finds, at a place where nothing may be changed. A digest there is still a pin.
struct LeftAlone<Reading: PlaceReading>: PlaceReading {
  let reading: Reading
  let why: String

  init(_ reading: Reading, _ why: String) {
    self.reading = reading
    self.why = why
  }

  var words: String? { reading.words }
  var whyLeftAlone: String? { why }
  var pinnedPart: PinnedPart { reading.pinnedPart }
  var holdsSeveral: Bool { reading.holdsSeveral }
  var isLoose: Bool { reading.isLoose }
  func mayStand(in file: ReadFile) -> Bool { reading.mayStand(in: file) }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    reading.sites(at: match, in: document, of: file)?.map { site in
      guard site.image != nil, !site.namesContent else { return site }
      var site = site
      site.content = .skipped(.notPinnable(why))
      return site
    }
  }
}
