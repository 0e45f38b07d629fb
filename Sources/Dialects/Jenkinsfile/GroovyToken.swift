/// A word, a string or a sign of a Groovy source.
struct GroovyToken: Sendable {
  enum Kind: Hashable, Sendable {
    /// An identifier, a keyword or a number.
    case word(String)
    case string(Literal)
    case sign(UInt8)
    case lineEnd
  }

  /// A string's value is the bytes of `content` if it has neither escapes nor something that is filled in.
  struct Literal: Hashable, Sendable {
    var content: Range<Int>
    var hasEscape = false
    var isInterpolated = false
  }

  var kind: Kind
  /// Quotes included.
  var range: Range<Int>

  var word: String? { if case .word(let word) = kind { word } else { nil } }
  var string: Literal? { if case .string(let literal) = kind { literal } else { nil } }

  func isSign(_ sign: Unicode.Scalar) -> Bool { kind == .sign(UInt8(ascii: sign)) }
}
