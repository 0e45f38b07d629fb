extension ScalarWalk {
  /// Walks a plain or quoted scalar: YAML 1.2.2 sections 7.3 and 5.7, JSON's strings, HCL's quoted templates.
  mutating func walkFlow(quote: UInt8?) {
    beginRun()
    while !isOver, sourceOffset < end {
      let byte = source[sourceOffset]
      switch byte {
      case UInt8(ascii: "'") where quote == byte: rewrite(2, as: CollectionOfOne(byte))
      case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""): walkEscape()
      case UInt8(ascii: " "), 0x09, 0x0A, 0x0D: walkSpace()
      default:
        // Nobody knows whether the reader took it for a line break.
        if YAMLBytes.isOldLineBreak(source, at: sourceOffset, end: end) { return stop() }
        copy(1)
      }
    }
    beginRun()
  }

  /// White space is content, unless there is a line break in it: then it is folded.
  private mutating func walkSpace() {
    var offset = sourceOffset
    while offset < end, YAMLBytes.isBlank(source[offset]) { offset += 1 }
    let length = YAMLBytes.breakLength(source, at: offset, end: end)
    if length > 0 {
      walkFold(from: offset + length, firstBreak: 1)
    } else if offset < end, YAMLBytes.isOldLineBreak(source, at: offset, end: end) {
      stop()
    } else {
      copy(offset - sourceOffset)
    }
  }

  /// One line break is read as a space, each one more as a line feed; white space around them is dropped (section 6.5). An escaped break
  /// counts as none.
  private mutating func walkFold(from start: Int, firstBreak: Int) {
    var offset = start
    var breaks = firstBreak
    while offset < end {
      let length = YAMLBytes.breakLength(source, at: offset, end: end)
      if length > 0 {
        breaks += 1
        offset += length
      } else if YAMLBytes.isBlank(source[offset]) {
        offset += 1
      } else {
        break
      }
    }
    if offset < end, YAMLBytes.isOldLineBreak(source, at: offset, end: end) { return stop() }
    if firstBreak == 1, breaks == 1 {
      rewrite(offset - sourceOffset, as: CollectionOfOne(UInt8(ascii: " ")))
    } else {
      rewrite(offset - sourceOffset, as: repeatElement(0x0A, count: breaks - firstBreak))
    }
  }

  private mutating func walkEscape() {
    let length = YAMLBytes.breakLength(source, at: sourceOffset + 1, end: end)
    if length > 0 {
      walkFold(from: sourceOffset + 1 + length, firstBreak: 0)
    } else if let (length, character) = escape(at: sourceOffset) {
      rewrite(length, as: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
    } else {
      stop()
    }
  }

  /// The length of the escape at `offset` and what it stands for; nil if there is no escape.
  private func escape(at offset: Int) -> (length: Int, character: Unicode.Scalar)? {
    guard offset + 1 < end else { return nil }
    switch source[offset + 1] {
    case UInt8(ascii: "0"): return (2, "\0")
    case UInt8(ascii: "a"): return (2, "\u{07}")
    case UInt8(ascii: "b"): return (2, "\u{08}")
    case UInt8(ascii: "t"), 0x09: return (2, "\t")
    case UInt8(ascii: "n"): return (2, "\n")
    case UInt8(ascii: "v"): return (2, "\u{0B}")
    case UInt8(ascii: "f"): return (2, "\u{0C}")
    case UInt8(ascii: "r"): return (2, "\r")
    case UInt8(ascii: "e"): return (2, "\u{1B}")
    case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"):
      return (2, Unicode.Scalar(source[offset + 1]))
    case UInt8(ascii: "N"): return (2, "\u{85}")
    case UInt8(ascii: "_"): return (2, "\u{A0}")
    case UInt8(ascii: "L"): return (2, "\u{2028}")
    case UInt8(ascii: "P"): return (2, "\u{2029}")
    case UInt8(ascii: "x"): return number(at: offset + 2, digits: 2).map { (4, Self.character($0)) }
    case UInt8(ascii: "u"): return codeUnits(at: offset)
    case UInt8(ascii: "U"): return number(at: offset + 2, digits: 8).map { (10, Self.character($0)) }
    default: return nil
    }
  }

  /// `\u` and four digits; in JSON two of them can stand for one character.
  private func codeUnits(at offset: Int) -> (length: Int, character: Unicode.Scalar)? {
    guard let first = number(at: offset + 2, digits: 4) else { return nil }
    if first & 0xFC00 == 0xD800, offset + 8 <= end, source[offset + 6] == UInt8(ascii: "\\"), source[offset + 7] == UInt8(ascii: "u"),
      let second = number(at: offset + 8, digits: 4), second & 0xFC00 == 0xDC00
    {
      return (12, Self.character(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF))
    }
    return (6, Self.character(first))
  }

  private func number(at offset: Int, digits: Int) -> UInt32? {
    guard offset + digits <= end else { return nil }
    var number: UInt32 = 0
    for byte in source[offset..<(offset + digits)] {
      switch byte {
      case 0x30...0x39: number = number << 4 | UInt32(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: number = number << 4 | UInt32((byte | 0x20) - 0x61 + 10)
      default: return nil
      }
    }
    return number
  }

  private static func character(_ number: UInt32) -> Unicode.Scalar { Unicode.Scalar(number) ?? "\u{FFFD}" }
}
