import Dialects

/// Which files take which form of a pin, whatever their dialect says.
package struct StyleRule: Hashable, Sendable {
  /// Empty for all.
  package var files: [Glob]
  package var form: PinForm

  package init(files: [Glob] = [], form: PinForm) {
    self.files = files
    self.form = form
  }
}

extension PinForm {
  /// The forms that can be asked for, as `style` in the configuration and `--style` call them.
  package static let styles: [(word: String, form: PinForm)] = [("tag-and-digest", .tagAndDigest), ("digest", .digest)]

  package init?(style word: String) {
    guard let form = Self.styles.first(where: { $0.word == word })?.form else { return nil }
    self = form
  }
}
