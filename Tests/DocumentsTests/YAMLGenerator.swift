/// Writes random YAML: every style, flow and block, anchors, tags, comments, all line endings.
struct YAMLGenerator {
  private var random: SplitMix
  private var lines: [String] = []
  private var anchors: [String] = []

  /// A word with one of these is written with an escape or a doubled quote in some style; all others stand in the text as they are read.
  static let escapedCharacters: Set<Unicode.Scalar> = ["Ω", "'", "\""]
  private static let words = [
    "nginx", "ghcr.io/acme/app:1.25", "a", "#no", "é日😀", "x:y", "it's", "say\"so\"", "Ωmega", "-", "1.10", "[z]", "ü", "k@sha256:0f", "{b}",
    "&c", "*d",
  ]

  init(seed: UInt64) { random = SplitMix(state: seed) }

  /// A stream of one to three documents.
  mutating func stream() -> String {
    lines = []
    let count = Int.random(in: 1...3, using: &random)
    for index in 0..<count {
      anchors = []
      if index > 0 || chance(3) { lines.append("---" + comment()) }
      chance(2) ? mapping(indentation: 0, depth: 0) : sequence(indentation: 0, depth: 0)
      if chance(4) { lines.append("..." + comment()) }
    }
    let ending = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
    let mark = chance(4) ? "\u{FEFF}" : ""
    return mark + lines.joined(separator: ending) + (chance(3) ? "" : ending)
  }

  /// True in one of `count` cases.
  private mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  private mutating func word() -> String { Self.words.randomElement(using: &random) ?? "a" }

  /// libyaml takes no tab behind an indicator, only behind a value.
  private mutating func comment(afterValue: Bool = false) -> String {
    chance(4) ? (afterValue && chance(3) ? "\t#" : chance(2) ? " # " : "   #  ") + word() : ""
  }

  private mutating func noise() {
    while chance(5) {
      lines.append(chance(2) ? String(repeating: " ", count: Int.random(in: 0...6, using: &random)) : "   # " + word() + " # " + word())
    }
  }

  // MARK: Collections

  private mutating func mapping(indentation: Int, depth: Int) {
    for index in 0...Int.random(in: 0...3, using: &random) {
      noise()
      value(after: margin(indentation) + key(index) + ":", indentation: indentation, depth: depth)
    }
  }

  private mutating func sequence(indentation: Int, depth: Int) {
    for _ in 0...Int.random(in: 0...3, using: &random) {
      noise()
      value(after: margin(indentation) + "-", indentation: indentation, depth: depth)
    }
  }

  private mutating func key(_ index: Int) -> String {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: "'k\(index) é'"
    case 1: "\"\\x6b\(index)\""
    case 2: "日\(index)"
    default: "key\(index)"
    }
  }

  private mutating func value(after head: String, indentation: Int, depth: Int) {
    let inner = indentation + Int.random(in: 1...4, using: &random)
    switch Int.random(in: 0..<12, using: &random) {
    case 0 where depth < 4:
      lines.append(head + properties(collection: true) + comment())
      mapping(indentation: inner, depth: depth + 1)
    case 1 where depth < 4, 2 where depth < 4:
      lines.append(head + properties(collection: true) + comment())
      sequence(indentation: inner, depth: depth + 1)
    case 3 where !anchors.isEmpty: lines.append(head + " *" + (anchors.randomElement(using: &random) ?? "x") + comment())
    case 4: lines.append(head + comment())
    case 5, 6: block(head, indentation: indentation)
    case 7: append(head + properties(collection: true) + " ", flow(inner, depth: 0))
    default: append(head + properties(collection: false) + " ", flowScalar(inner, isInFlow: false, mayBreak: true))
    }
  }

  private mutating func append(_ head: String, _ texts: [String]) {
    lines.append(head + texts[0])
    lines += texts.dropFirst()
    lines[lines.count - 1] += comment(afterValue: true)
  }

  private mutating func properties(collection: Bool) -> String {
    var texts: [String] = []
    if chance(6) {
      let name = "a\(Int.random(in: 0...2, using: &random))"
      anchors.append(name)
      texts.append("&" + name)
    }
    if chance(6) { texts.append(collection ? "!t" : ["!!str", "!", "!<x,y>"].randomElement(using: &random) ?? "!") }
    return texts.shuffled(using: &random).map { " " + $0 }.joined()
  }

  private func margin(_ indentation: Int) -> String { String(repeating: " ", count: indentation) }

  // MARK: Scalars

  private mutating func phrase() -> [String] { (0...Int.random(in: 0...4, using: &random)).map { _ in word() } }

  private mutating func block(_ head: String, indentation: Int) {
    let chomping = ["", "-", "+"].randomElement(using: &random) ?? ""
    let increment = Int.random(in: 1...4, using: &random)
    let isExplicit = chance(3)
    let header = (chance(2) ? "|" : ">") + (isExplicit ? "\(increment)" : "") + chomping
    lines.append(head + properties(collection: false) + " " + header + comment())
    let margin = margin(indentation + increment)
    func blank() -> String { String(repeating: " ", count: Int.random(in: 0...(indentation + increment), using: &random)) }
    while chance(3) { lines.append(blank()) }
    for index in 0...Int.random(in: 0...4, using: &random) {
      let extra = index == 0 && !isExplicit ? "" : ["", "", " ", "  ", "\t"].randomElement(using: &random) ?? ""
      lines.append(margin + extra + phrase().joined(separator: chance(4) ? "  " : " ") + (chance(5) ? " " : ""))
      while chance(4) { lines.append(chance(4) ? margin + "   " : blank()) }
    }
  }

  private mutating func flow(_ indentation: Int, depth: Int) -> [String] {
    let isMapping = chance(2)
    var texts = [isMapping ? "{" : "["]
    for index in 0..<Int.random(in: 0...3, using: &random) {
      if chance(3) {
        texts[texts.count - 1] += comment(afterValue: true)
        texts.append(margin(indentation))
      }
      if isMapping || chance(4) { texts[texts.count - 1] += key(index) + ": " }
      let value =
        depth < 2 && chance(4) ? flow(indentation, depth: depth + 1) : flowScalar(indentation, isInFlow: true, mayBreak: !isMapping)
      texts[texts.count - 1] += value[0]
      texts += value.dropFirst()
      texts[texts.count - 1] += " , "
    }
    texts[texts.count - 1] += isMapping ? "}" : "]"
    return texts
  }

  private mutating func flowScalar(_ indentation: Int, isInFlow: Bool, mayBreak: Bool) -> [String] {
    let style = Int.random(in: 0..<3, using: &random)
    var texts = [""]
    for (index, word) in phrase().enumerated() {
      if index > 0 {
        if mayBreak, chance(3) {
          texts[texts.count - 1] += style == 2 && chance(3) ? " \\" : chance(3) ? "  " : ""
          while chance(4) { texts.append(chance(2) ? "" : "  ") }
          texts.append(margin(indentation) + (chance(3) ? "\t" : ""))
        } else {
          texts[texts.count - 1] += chance(4) ? "  " : " "
        }
      }
      texts[texts.count - 1] += written(word, style: style, isInFlow: isInFlow)
    }
    let quote = ["", "'", "\""][style]
    texts[0] = quote + texts[0]
    texts[texts.count - 1] += quote
    return texts
  }

  private func written(_ word: String, style: Int, isInFlow: Bool) -> String {
    switch style {
    case 0:
      return word.unicodeScalars.contains { "#-[]{}&*'\"".unicodeScalars.contains($0) } || isInFlow && word.contains(":") ? "plain" : word
    case 1: return word.replacing("'", with: "''")
    default: return word.replacing("\"", with: "\\\"").replacing("Ω", with: "\\u03a9")
    }
  }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
