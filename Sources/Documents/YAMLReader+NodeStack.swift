/// Nodes that wait for their parent. They are moved in and out, never copied: that halves the time it takes to build a tree.
struct NodeStack: ~Copyable {
  private var storage: UnsafeMutablePointer<Node>
  private var capacity: Int
  private(set) var count = 0

  init() {
    capacity = 64
    storage = .allocate(capacity: capacity)
  }

  deinit {
    storage.deinitialize(count: count)
    storage.deallocate()
  }

  /// The range of the node on top; the stack must not be empty.
  var lastRange: Range<Int> { storage[count - 1].range }

  mutating func push(_ content: consuming Node.Content, range: Range<Int>, anchor: String?, collectionTag: String?) {
    if count == capacity {
      let larger = UnsafeMutablePointer<Node>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: storage, count: count)
      storage.deallocate()
      storage = larger
      capacity *= 2
    }
    (storage + count).initialize(to: Node(content, range: range, anchor: anchor, collectionTag: collectionTag))
    count += 1
  }

  /// Removes the nodes from index `start` on.
  mutating func popElements(from start: Int) -> [Node] {
    var elements: [Node] = []
    elements.reserveCapacity(count - start)
    for index in start..<count { elements.append((storage + index).move()) }
    count = start
    return elements
  }

  /// Removes the nodes from index `start` on, in pairs of key and value.
  mutating func popMembers(from start: Int) -> [Member] {
    var members: [Member] = []
    members.reserveCapacity((count - start) / 2)
    for index in stride(from: start, to: count, by: 2) {
      members.append(Member(key: (storage + index).move(), value: (storage + index + 1).move()))
    }
    count = start
    return members
  }
}
