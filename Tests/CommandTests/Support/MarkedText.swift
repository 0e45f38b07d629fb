/// Texts with marks where a digest will stand: `nginx:1.25⟨web⟩`. Without its marks such a text is the input, with digests the output.
struct MarkedFiles: Sendable {
  var files: [String: String]

  init(_ files: [String: String]) { self.files = files }

  /// What each mark is replaced with: `@sha256:…` for a tag that is written, `:latest@sha256:…` for one that is implied.
  func text(_ marks: [String: String]) -> [String: [UInt8]] {
    files.mapValues { text in
      var text = text
      for (mark, replacement) in marks { text = text.replacing("⟨\(mark)⟩", with: replacement) }
      return Array(text.utf8)
    }
  }

  /// The input.
  var unpinned: [String: String] {
    files.mapValues { text in
      var result = ""
      var isMark = false
      for scalar in text.unicodeScalars {
        switch scalar {
        case "⟨": isMark = true
        case "⟩": isMark = false
        default: if !isMark { result.unicodeScalars.append(scalar) }
        }
      }
      return result
    }
  }
}

extension [String: String] {
  var bytes: [String: [UInt8]] { mapValues { Array($0.utf8) } }
}
