import Documents
import SourceText

/// The scalars of a file in which ` #` begins no comment although a line ends there: block scalars, their ends included, and any other that
/// has several lines.
struct WideScalars {
  /// By their first bytes; no two overlap.
  private var scalars: [(range: Range<Int>, isBlock: Bool)] = []

  /// O(bytes).
  init(_ nodes: [Node], in text: SourceText) {
    text.bytes.withUnsafeBufferPointer { bytes in for node in nodes { add(node, in: bytes) } }
    scalars.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func add(_ node: Node, in bytes: UnsafeBufferPointer<UInt8>) {
    switch node.content {
    case .alias: break
    case .scalar(let scalar):
      let isBlock = scalar.style == .literal || scalar.style == .folded
      if isBlock || bytes[node.range].contains(where: { $0 == 0x0A || $0 == 0x0D }) { scalars.append((node.range, isBlock)) }
    case .sequence(let elements): for element in elements { add(element, in: bytes) }
    case .mapping(let members):
      for member in members {
        add(member.key, in: bytes)
        add(member.value, in: bytes)
      }
    }
  }

  /// Whether that offset lies within one of them. O(log scalars).
  func hold(_ byteOffset: Int) -> Bool {
    guard let (range, isBlock) = last(before: byteOffset) else { return false }
    return byteOffset < range.upperBound || isBlock && byteOffset == range.upperBound
  }

  /// The block scalar that holds these bytes. O(log scalars).
  func block(around range: Range<Int>) -> Range<Int>? {
    last(before: range.lowerBound).flatMap { $0.isBlock && range.upperBound <= $0.range.upperBound ? $0.range : nil }
  }

  private func last(before byteOffset: Int) -> (range: Range<Int>, isBlock: Bool)? {
    var low = 0
    var high = scalars.count
    while low < high {
      let middle = (low + high) / 2
      if scalars[middle].range.lowerBound < byteOffset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? scalars[low - 1] : nil
  }
}
