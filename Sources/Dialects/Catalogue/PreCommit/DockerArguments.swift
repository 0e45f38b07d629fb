/// Finds the image among the arguments of `docker run`.
package enum DockerArguments {
  /// The bytes of the first word behind the flags. nil where there is none, where a flag is not known (it may take the next word), or where
  /// a word is quoted.
  package static func image(in line: String) -> Range<Int>? {
    let bytes = Array(line.utf8)
    var index = 0
    var isValue = false
    while true {
      guard let start = bytes[index...].firstIndex(where: { !$0.isWhiteSpace }) else { return nil }
      let end = bytes[start...].firstIndex(where: \.isWhiteSpace) ?? bytes.count
      index = end
      let word = bytes[start..<end]
      if word.contains(where: { "'\"\\".utf8.contains($0) }) { return nil }
      if isValue {
        isValue = false
        continue
      }
      guard word.first == UInt8(ascii: "-"), word.count > 1 else { return start..<end }
      guard let takesValue = ContainerFlags.run.takesValue(String(decoding: word, as: UTF8.self)) else { return nil }
      isValue = takesValue
    }
  }
}
