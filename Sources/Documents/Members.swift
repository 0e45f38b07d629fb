/// The members of a mapping in their order. A name is found without looking at the others where they are many: a mapping may be asked for
/// as many names as it has.
package struct Members: RandomAccessCollection, Sendable {
  // No larger than a list alone: a file has many nodes.
  private enum Storage: Sendable {
    case few([Member])
    case many(Indexed)
  }

  private final class Indexed: Sendable {
    let list: [Member]
    /// The first position of each name.
    let positions: [String: Int]

    init(_ list: [Member]) {
      self.list = list
      positions = Dictionary(
        list.enumerated().compactMap { position, member in member.key.scalar.map { ($0.value, position) } }
      ) { first, _ in first }
    }
  }

  private let storage: Storage

  package init(_ list: [Member]) { storage = list.count > 32 ? .many(Indexed(list)) : .few(list) }

  private var list: [Member] {
    switch storage {
    case .few(let list): list
    case .many(let indexed): indexed.list
    }
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { list.count }
  package subscript(position: Int) -> Member { list[position] }

  /// The position of the first member whose key is that scalar.
  package func position(of name: String) -> Int? {
    switch storage {
    case .few(let list): list.firstIndex { $0.key.scalar?.value == name }
    case .many(let indexed): indexed.positions[name]
    }
  }

  /// The member in whose value these bytes stand.
  package func member(around range: Range<Int>) -> Member? {
    // They are in the order of their bytes.
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].key.range.lowerBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    guard low > 0, case let value = self[low - 1].value.range, value.lowerBound <= range.lowerBound, range.upperBound <= value.upperBound
    else { return nil }
    return self[low - 1]
  }
}

extension Members: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Member...) { self.init(elements) }
}
