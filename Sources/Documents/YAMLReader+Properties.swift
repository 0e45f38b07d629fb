extension YAMLBytes {
  /// The first byte of the node that has `count` properties, a tag or an anchor or both, from `start` on: libyaml's marks begin at them.
  static func skipProperties(_ source: UnsafeBufferPointer<UInt8>, from start: Int, count: Int) -> Int {
    var offset = start
    for _ in 0..<count {
      if source[offset...].starts(with: "!<".utf8) {
        while offset < source.count, source[offset] != UInt8(ascii: ">") { offset += 1 }
        offset = min(offset + 1, source.count)
      } else {
        while offset < source.count, !endsProperty(source, at: offset) { offset += 1 }
      }
      offset = skipSpaceAndComments(source, from: offset)
    }
    return offset
  }

  private static func endsProperty(_ source: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    isBlank(source[offset]) || isLineEnding(source[offset]) || source[offset] == UInt8(ascii: ",")
      || isOldLineBreak(source, at: offset, end: source.count)
  }

  private static func skipSpaceAndComments(_ source: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var offset = start
    var isInComment = false
    while offset < source.count {
      let byte = source[offset]
      if isLineEnding(byte) || isOldLineBreak(source, at: offset, end: source.count) {
        isInComment = false
        offset += UTF8Check.length(ofSequenceStartingWith: byte)
      } else if isInComment || isBlank(byte) {
        offset += 1
      } else if byte == UInt8(ascii: "#") {
        isInComment = true
      } else {
        break
      }
    }
    return offset
  }
}
