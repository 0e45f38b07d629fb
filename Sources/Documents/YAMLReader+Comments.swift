/// Finds comments in what lies between the scalars of a YAML text, as libyaml reports none.
///
/// There, `#` always begins a comment: tags, anchors, directives and indicators cannot hold one.
struct YAMLCommentFinder {
  private let source: UnsafeBufferPointer<UInt8>
  private(set) var comments: [Comment] = []
  /// The first comment that was not kept, where there are more than a file may have.
  private(set) var firstCommentTooMany: Int?
  private var position: Int
  /// The end of the last byte passed that is neither white space nor part of a comment.
  private(set) var significantEnd: Int

  init(_ source: UnsafeBufferPointer<UInt8>, start: Int) {
    self.source = source
    position = start
    significantEnd = start
  }

  /// Goes on at an offset behind: what lies between is not looked at.
  mutating func begin(at start: Int) {
    position = start
    significantEnd = start
  }

  /// Passes the bytes up to `end`; none of them belongs to a scalar.
  mutating func passGap(to end: Int) {
    var offset = position
    while offset < end {
      switch source[offset] {
      case UInt8(ascii: "#"): offset = addComment(at: offset)
      case UInt8(ascii: " "), 0x09, 0x0A, 0x0D: offset += 1
      default:
        offset += 1
        significantEnd = offset
      }
    }
    position = max(position, offset)
  }

  /// Passes a scalar or an alias.
  mutating func passNode(_ range: Range<Int>) {
    passGap(to: range.lowerBound)
    position = range.upperBound
    significantEnd = range.upperBound
  }

  /// Passes a block scalar, which may have a comment in its header.
  mutating func passBlockScalar(_ range: Range<Int>, indicatorEnd: Int, bodyStart: Int) {
    passGap(to: range.lowerBound)
    position = indicatorEnd
    if range.upperBound > indicatorEnd { passGap(to: bodyStart) }
    position = range.upperBound
    significantEnd = range.upperBound
  }

  /// Adds the comment and returns where its line ends.
  private mutating func addComment(at start: Int) -> Int {
    var lineEnd = start
    while lineEnd < source.count, !YAMLBytes.isLineEnding(source[lineEnd]),
      !YAMLBytes.isOldLineBreak(source, at: lineEnd, end: source.count)
    { lineEnd += 1 }
    var end = lineEnd
    guard comments.count < ReaderLimits.comments else {
      firstCommentTooMany = firstCommentTooMany ?? start
      return lineEnd
    }
    while YAMLBytes.isBlank(source[end - 1]) { end -= 1 }
    var textStart = start + 1
    while textStart < end, YAMLBytes.isBlank(source[textStart]) { textStart += 1 }
    comments.append(Comment(range: start..<end, text: String(decoding: source[textStart..<end], as: UTF8.self)))
    return lineEnd
  }
}
