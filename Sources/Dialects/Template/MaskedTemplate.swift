import SourceText

/// A template of a file that is not read line by line: its expressions are hidden from the file's own reader behind something of the same
/// length, so that every offset stays what it is. What is where one of them does is reported and never changed.
struct MaskedTemplate {
  /// What an expression is hidden behind.
  enum Filler: Sendable {
    /// A variable of a shell.
    case variable
    /// A name.
    case name
  }

  let text: SourceText
  private let original: SourceText
  private let regions: TemplateRegions

  /// nil where there is nothing to hide.
  init?(_ original: SourceText, behind filler: Filler) {
    regions = TemplateRegions(in: original.bytes)
    guard !regions.all.isEmpty else { return nil }
    var bytes = original.bytes
    for region in regions.all { Self.hide(region, in: &bytes, filler) }
    self.original = original
    text = SourceText(bytes)
  }

  private static func hide(_ region: Range<Int>, in bytes: inout [UInt8], _ filler: Filler) {
    let isStatement = isStatement(region, in: bytes)
    let isOneLine = !bytes[region].contains { $0 == 0x0A || $0 == 0x0D }
    for index in region where bytes[index] != 0x0A && bytes[index] != 0x0D {
      bytes[index] = isStatement || !isOneLine ? 0x20 : UInt8(ascii: "x")
    }
    guard filler == .variable, !isStatement, isOneLine, region.count > 3 else { return }
    bytes[region.lowerBound] = UInt8(ascii: "$")
    bytes[region.lowerBound + 1] = UInt8(ascii: "{")
    bytes[region.upperBound - 1] = UInt8(ascii: "}")
  }

  private static let statements = ["if", "else", "end", "range", "with", "define", "template", "block", "break", "continue", "/*"]

  /// Whether nothing is put in its place: a comment, a condition, a loop.
  private static func isStatement(_ region: Range<Int>, in bytes: [UInt8]) -> Bool {
    guard bytes[region].starts(with: "{{".utf8) else { return true }
    let words = bytes[region].dropFirst(2).drop { $0 == UInt8(ascii: "-") || $0.isWhiteSpace }
    return statements.contains { word in
      words.starts(with: word.utf8) && !(words.dropFirst(word.utf8.count).first?.isWordByte ?? false)
    }
  }

  /// The site, with its range in the template.
  func unmasked(_ site: Site) -> Site {
    guard let region = regions.first(in: site.range) else { return site }
    var site = site
    site.text = original.string(site.range)
    site.content = .skipped(.notLiteral(original.string(region)))
    site.digestKey = nil
    return site
  }
}
