/// What one file may hold. No manifest comes near, and a hostile one must not take the machine's memory or time.
package enum ReaderLimits {
  /// Levels of nesting. libyaml's time grows with the square of the depth.
  package static let depth = 1_000
  /// Keys and values; words and signs, where a reader makes no nodes.
  package static let nodes = 4_000_000
  package static let comments = 1_000_000
  /// Instructions of a Dockerfile, lines that hold an image, and the like.
  package static let references = 100_000

  package static let tooDeep = "nested deeper than 1,000 levels"
  package static let tooManyNodes = "more than 4,000,000 nodes: split the file"
  package static let tooManyComments = "more than 1,000,000 comments: split the file"
  package static let tooManyReferences = "more than 100,000 instructions or images: split the file"
}
