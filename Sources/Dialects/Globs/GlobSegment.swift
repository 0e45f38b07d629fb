/// One segment of a pattern, compared with one component of a path. The forms that nearly all patterns have are compared byte by byte; the
/// rest by their elements.
enum GlobSegment: Hashable, Sendable {
  /// `*`
  case anything
  /// `compose.yaml`
  case literal([UInt8])
  /// `Dockerfile.*`, `*.yaml`, `compose*.yaml`: one star, either side may be empty
  case around([UInt8], [UInt8])
  case elements([Element])

  enum Element: Hashable, Sendable {
    case byte(UInt8)
    /// `*`
    case anyRun
    /// One code point in any of the ranges, or, if negated, in none; `?` is the negation of no range.
    case scalar(isNegated: Bool, [ClosedRange<UInt32>])
  }

  /// Reads one segment without `/` and without `{}` alternatives.
  init(parsing text: String) throws(GlobProblem) {
    var elements: [Element] = []
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*":
        guard elements.last != .anyRun else { throw GlobProblem("'**' stands for whole segments only: 'a/**/b'; within one write '*'") }
        elements.append(.anyRun)
      case "?":
        elements.append(.scalar(isNegated: true, []))
      case "[":
        elements.append(try Self.parseClass(&rest))
      case "\\":
        guard let escaped = rest.popFirst() else { throw GlobProblem("nothing follows '\\'") }
        elements += UTF8.encode(escaped).map { $0.map(Element.byte) } ?? []
      default:
        elements += UTF8.encode(scalar).map { $0.map(Element.byte) } ?? []
      }
    }
    self = Self.simplest(of: elements)
  }

  private static func simplest(of elements: [Element]) -> GlobSegment {
    var sides: [[UInt8]] = [[]]
    for element in elements {
      switch element {
      case .byte(let byte): sides[sides.count - 1].append(byte)
      case .anyRun: sides.append([])
      case .scalar: return .elements(elements)
      }
    }
    switch sides.count {
    case 1: return .literal(sides[0])
    case 2: return sides == [[], []] ? .anything : .around(sides[0], sides[1])
    default: return .elements(elements)
    }
  }

  /// Reads the rest of a class, behind its `[`.
  private static func parseClass(_ rest: inout Substring.UnicodeScalarView) throws(GlobProblem) -> Element {
    var isNegated = false
    if let first = rest.first, first == "!" || first == "^" {
      isNegated = true
      rest.removeFirst()
    }
    var ranges: [ClosedRange<UInt32>] = []
    while let lower = rest.popFirst() {
      if lower == "]", !ranges.isEmpty { return .scalar(isNegated: isNegated, ranges) }
      let from = try lower == "\\" ? escaped(&rest) : lower
      var to = from
      if rest.first == "-", let behind = rest.dropFirst().first, behind != "]" {
        rest.removeFirst(2)
        to = try behind == "\\" ? escaped(&rest) : behind
      }
      guard from.value <= to.value else { throw GlobProblem("the range '\(from)-\(to)' is empty") }
      ranges.append(from.value...to.value)
    }
    throw GlobProblem("'[' is not closed")
  }

  private static func escaped(_ rest: inout Substring.UnicodeScalarView) throws(GlobProblem) -> Unicode.Scalar {
    guard let scalar = rest.popFirst() else { throw GlobProblem("nothing follows '\\'") }
    return scalar
  }

  /// Whether the component at these offsets is one that the segment stands for.
  func matches(_ path: UnsafeBufferPointer<UInt8>, _ component: Range<Int>) -> Bool {
    switch self {
    case .anything:
      true
    case .literal(let bytes):
      component.count == bytes.count && Self.holds(path, bytes, at: component.lowerBound)
    case .around(let prefix, let suffix):
      component.count >= prefix.count + suffix.count && Self.holds(path, suffix, at: component.upperBound - suffix.count)
        && Self.holds(path, prefix, at: component.lowerBound)
    case .elements(let elements):
      Self.matches(elements, path, component)
    }
  }

  private static func holds(_ path: UnsafeBufferPointer<UInt8>, _ bytes: [UInt8], at offset: Int) -> Bool {
    for index in bytes.indices where path[offset + index] != bytes[index] { return false }
    return true
  }

  /// Goes back to the last `*` only: what an earlier one took can stay as it is, so the work is at most elements times bytes.
  private static func matches(_ elements: [Element], _ path: UnsafeBufferPointer<UInt8>, _ component: Range<Int>) -> Bool {
    var offset = component.lowerBound
    var index = 0
    var lastRun: (index: Int, offset: Int)?
    while offset < component.upperBound {
      if index < elements.count {
        if elements[index] == .anyRun {
          lastRun = (index, offset)
          index += 1
          continue
        }
        if let next = end(of: elements[index], path, offset..<component.upperBound) {
          offset = next
          index += 1
          continue
        }
      }
      guard let run = lastRun else { return false }
      lastRun = (run.index, run.offset + 1)
      offset = run.offset + 1
      index = run.index + 1
    }
    return elements[index...].allSatisfy { $0 == .anyRun }
  }

  /// The offset behind what the element takes at the beginning of `rest`.
  private static func end(of element: Element, _ path: UnsafeBufferPointer<UInt8>, _ rest: Range<Int>) -> Int? {
    let first = path[rest.lowerBound]
    switch element {
    case .byte(let byte):
      return first == byte ? rest.lowerBound + 1 : nil
    case .anyRun:
      return nil
    case .scalar(let isNegated, let ranges):
      // A continuation byte: a `*` in front has stopped within a character.
      guard first & 0xC0 != 0x80 else { return nil }
      var value = first < 0x80 ? UInt32(first) : UInt32(first & (first < 0xE0 ? 0x1F : first < 0xF0 ? 0x0F : 0x07))
      var offset = rest.lowerBound + 1
      while offset < rest.upperBound, path[offset] & 0xC0 == 0x80 {
        value = value << 6 | UInt32(path[offset] & 0x3F)
        offset += 1
      }
      return ranges.contains { $0.contains(value) } != isNegated ? offset : nil
    }
  }
}
