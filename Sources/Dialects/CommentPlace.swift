import Documents

/// What begins a comment that ends with its line.
package enum CommentMarker: String, Hashable, Sendable {
  case hash = "#"
  case slashes = "//"
}

/// Where a comment that names the tag of a pin can stand.
package enum CommentPlace: Hashable, Sendable {
  /// Behind the reference on its line: ` # tag=1.25` is inserted at `insertion` (after the last byte that is not white space), or, where a
  /// comment is there already, `# tag=1.25 ` goes in front of it.
  case lineEnd(insertion: Int, existing: Comment?, marker: CommentMarker = .hash)
  /// On a line of its own, inserted at this byte offset (the start of the line of the instruction), with this indentation and line ending.
  case lineAbove(insertion: Int, indentation: String, lineEnding: String)
  /// The format, or this place in it, takes no comment.
  case none
}
