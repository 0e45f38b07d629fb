/// Where the expressions, comments and directives of a template language are in a text: from `{{`, `{%`, `{#` or `<%` to what closes
/// them.
struct TemplateRegions {
  /// In their order.
  let all: [Range<Int>]

  init(in bytes: [UInt8]) {
    var regions: [Range<Int>] = []
    var index = 0
    while index + 1 < bytes.count {
      guard let close = Self.closing(bytes[index], bytes[index + 1]) else {
        index += 1
        continue
      }
      var end = index + 2
      while end < bytes.count, !(bytes[end - 1] == close.0 && bytes[end] == close.1 && end > index + 2) { end += 1 }
      end = min(end + 1, bytes.count)
      regions.append(index..<end)
      index = end
    }
    all = regions
  }

  /// The first region that touches these bytes. O(log regions).
  func first(in range: Range<Int>) -> Range<Int>? {
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < all.count && all[low].lowerBound < range.upperBound ? all[low] : nil
  }

  private static func closing(_ first: UInt8, _ second: UInt8) -> (UInt8, UInt8)? {
    switch (first, second) {
    case (UInt8(ascii: "{"), UInt8(ascii: "{")): (UInt8(ascii: "}"), UInt8(ascii: "}"))
    case (UInt8(ascii: "{"), UInt8(ascii: "%")): (UInt8(ascii: "%"), UInt8(ascii: "}"))
    case (UInt8(ascii: "{"), UInt8(ascii: "#")): (UInt8(ascii: "#"), UInt8(ascii: "}"))
    case (UInt8(ascii: "<"), UInt8(ascii: "%")): (UInt8(ascii: "%"), UInt8(ascii: ">"))
    default: nil
    }
  }
}
