/// Where in a document something is, and how it is read.
package struct Place: Sendable {
  package let paths: SitePaths
  let reading: any PlaceReading
  package let condition: Condition
  /// What this place takes as a pin, where it is not what the dialect says.
  package let form: PinForm?

  init(_ paths: SitePaths, by reading: any PlaceReading, if condition: Condition = .always, form: PinForm? = nil) {
    self.paths = paths
    self.reading = reading
    self.condition = condition
    self.form = form
  }

  /// An image in one scalar.
  init(
    _ paths: SitePaths, written notation: ImageText.Notation = .whole, certainty: ImageText.Certainty = .certain,
    role: ImageText.Role = .pinned, if condition: Condition = .always, form: PinForm? = nil
  ) {
    self.init(paths, by: ImageText(notation: notation, certainty: certainty, role: role), if: condition, form: form)
  }

  // What the table of dialects says of it.
  package var words: String? { reading.words }
  package var whyLeftAlone: String? { reading.whyLeftAlone }
  package var pinnedPart: PinnedPart { reading.pinnedPart }
}

extension Place: Hashable {
  package static func == (left: Place, right: Place) -> Bool {
    left.paths == right.paths && left.condition == right.condition && left.form == right.form
      && AnyHashable(left.reading) == AnyHashable(right.reading)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(paths)
    hasher.combine(condition)
    hasher.combine(form)
    hasher.combine(AnyHashable(reading))
  }
}

/// What a pin changes.
package enum PinnedPart: Hashable, Sendable {
  /// The reference of an image.
  case image
  /// The key of the digest, where an image is written in parts.
  case digestKey
  /// The ref of an action, or of another git repository.
  case ref
}
