/// Applies `transform` to every element, at most `limit` at once, and gives the results in the order of the elements.
package func boundedMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], limit: Int, _ transform: @escaping @Sendable (Element) async -> Result
) async -> [Result] {
  await withTaskGroup(of: (Int, Result).self) { group in
    var results = [Result?](repeating: nil, count: elements.count)
    var next = 0
    while next < min(max(limit, 1), elements.count) {
      let index = next
      group.addTask { (index, await transform(elements[index])) }
      next += 1
    }
    for await (index, result) in group {
      results[index] = result
      if next < elements.count {
        let index = next
        group.addTask { (index, await transform(elements[index])) }
        next += 1
      }
    }
    return results.compactMap(\.self)
  }
}
