import Dialects

/// The form of a pin, as configuration and `--style` name it.
package enum PinStyle: String, CaseIterable, Hashable, Sendable {
  case tagAndDigest = "tag-and-digest"
  case digest

  package var form: PinForm {
    switch self {
    case .tagAndDigest: .tagAndDigest
    case .digest: .digest
    }
  }
}

/// Which files take which form, whatever their dialect says.
package struct StyleRule: Hashable, Sendable {
  /// Empty for all.
  package var files: [Glob]
  package var style: PinStyle

  package init(files: [Glob] = [], style: PinStyle) {
    self.files = files
    self.style = style
  }
}
