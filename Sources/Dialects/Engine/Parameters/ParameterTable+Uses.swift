import Documents
import SourceText

extension ParameterTable {
  private struct Key: Hashable {
    var notation: ParameterNotation
    var name: String
  }

  /// A place that names a parameter.
  private struct Record {
    var offset: Int
    var kind: Kind

    enum Kind {
      case use(ParameterUse)
      /// It is the value of another parameter: the number of that one's group.
      case handedOn(to: Int?)
      case other(ParameterGroup.OtherUse.Kind, isInAnchor: Bool)
    }
  }

  /// The parameters with all of their own uses; of each those whose value it is given, and at which byte. O(document · log).
  func groups() -> (groups: [ParameterGroup], givers: [[(giver: Int, place: Int)]]) {
    var (groups, byKey, ofValues) = emptyGroups()
    var givers = [[(giver: Int, place: Int)]](repeating: [], count: groups.count)
    for (key, records) in records(of: byKey, ofValues) {
      guard let indices = byKey[key] else { continue }
      for (record, owners) in Self.owners(of: records, among: indices, in: groups) {
        switch record.kind {
        case .use(let use): for owner in owners where !isLeftToRobot(use, groups[owner]) { groups[owner].add(use) }
        case .handedOn(let target?): for owner in owners { givers[target].append((owner, record.offset)) }
        case .handedOn(nil): for owner in owners { groups[owner].add(.init(offset: record.offset, kind: .handedOn)) }
        case .other(let kind, let isInAnchor):
          for owner in owners.isEmpty && isInAnchor ? indices : owners { groups[owner].add(.init(offset: record.offset, kind: kind)) }
        }
      }
    }
    return (groups, givers)
  }

  private func emptyGroups() -> (groups: [ParameterGroup], byKey: [Key: [Int]], ofValues: [Int?]) {
    struct Scoped: Hashable {
      var key: Key
      var scope: Range<Int>
    }
    var groups: [ParameterGroup] = []
    var known: [Scoped: Int] = [:]
    var byKey: [Key: [Int]] = [:]
    func group(_ key: Key, _ scope: Scope) -> Int {
      let index = known[Scoped(key: key, scope: scope.range)] ?? groups.count
      if index == groups.count {
        groups.append(ParameterGroup(key.name, scope: scope.range, scope.node))
        known[Scoped(key: key, scope: scope.range)] = index
        byKey[key, default: []].append(index)
      }
      if let declarations = scope.declarations { groups[index].declarations.insert(declarations) }
      return index
    }
    let ofValues = values.map { value -> Int? in
      guard let key = key(value.parameter, at: value.match) else { return nil }
      if value.parameter.scope == .elsewhere {
        // No text of this file uses it.
        let start = value.match.node.range.lowerBound
        groups.append(ParameterGroup(key.name, scope: start..<start, value.match.node))
        groups[groups.count - 1].callees = value.callees
        groups[groups.count - 1].values = [value]
        return groups.count - 1
      }
      let called: String? = if case .called(_, let callee) = value.parameter.scope { value.called(callee) } else { nil }
      guard let scope = scope(of: value.parameter, at: value.match, in: value.document, called: called) else { return nil }
      let index = group(key, scope)
      groups[index].values.append(value)
      return index
    }
    for declaration in declarations {
      guard let key = key(declaration.parameter, at: declaration.match),
        let scope = scope(of: declaration.parameter, at: declaration.match, in: declaration.document, called: nil)
      else { continue }
      let index = group(key, scope)
      groups[index].owners += declaration.owners
      if let limit = declaration.limit { groups[index].add(.init(offset: limit, kind: .limited)) }
    }
    for index in groups.indices { groups[index].addComparison() }
    return (groups, byKey, ofValues)
  }

  private func key(_ parameter: Parameter, at match: Match) -> Key? {
    guard let name = parameter.name.text(at: match), let scanner = scanners[parameter.notation] else { return nil }
    return Key(notation: parameter.notation, name: scanner.normalized(name))
  }

  private typealias Scope = (range: Range<Int>, node: Node, declarations: Range<Int>?)

  private func scope(of parameter: Parameter, at match: Match, in document: Int, called: String?) -> Scope? {
    let root = documents[document].root
    switch parameter.scope {
    case .document: return (root.range, root, nil)
    case .file: return (0..<(file.text.bytes.count + 1), root, nil)
    case .called(let places, _):
      guard let called, let node = places.lazy.compactMap({ root[$0]?[called] }).first else { return nil }
      return (node.range, node, nil)
    case .around(let levels):
      guard let node = match.mappings.dropLast(levels).last else { return nil }
      return (node.range, node, node.members.member(around: match.node.range)?.value.range)
    case .elsewhere: return nil
    }
  }

  // MARK: Where names stand

  private func records(of byKey: [Key: [Int]], _ ofValues: [Int?]) -> [Key: [Record]] {
    var records: [Key: [Record]] = [:]
    for (notation, scanner) in scanners {
      let names = Names(byKey.keys.lazy.filter { $0.notation == notation }.map(\.name))
      guard !names.isEmpty else { continue }
      // The bytes of the texts that are a parameter and nothing else.
      var wholes: [String: [Range<Int>]] = [:]
      func add(_ name: String, _ range: Range<Int>, _ kind: Record.Kind) {
        records[Key(notation: notation, name: name), default: []].append(Record(offset: range.lowerBound, kind: kind))
        wholes[name, default: []].append(range)
      }
      for (site, use) in uses {
        if let name = scanner.name(of: site).map(scanner.normalized) { add(name, site.range, .use(use)) }
      }
      for (value, group) in zip(values, ofValues) {
        if let name = scanner.name(of: value.site).map(scanner.normalized) { add(name, value.site.range, .handedOn(to: group)) }
      }
      let sorted = wholes.mapValues { $0.sorted { $0.lowerBound < $1.lowerBound } }
      for mention in scanner.mentions(in: documents.map(\.root)) {
        for (mentioned, count) in mention.counts where count > (sorted[mentioned]?.count(overlapping: mention.node.range) ?? 0) {
          let isWhole = mention.node.scalar.flatMap { scanner.name(in: $0.value) } != nil
          let kind = Record.Kind.other(isWhole ? .elsewhere : .part, isInAnchor: mention.isInAnchor)
          for name in names.meant(by: mentioned) {
            records[Key(notation: notation, name: name), default: []].append(Record(offset: mention.node.range.lowerBound, kind: kind))
          }
        }
      }
    }
    return records
  }

  /// Each record with the parameters that it means: those of the innermost scope around it, and what is given to a declaration from further
  /// out.
  private static func owners(of records: [Record], among indices: [Int], in groups: [ParameterGroup]) -> [(Record, [Int])] {
    let outerFirst = indices.sorted {
      let (left, right) = (groups[$0].scope, groups[$1].scope)
      return (left.lowerBound, -left.upperBound) < (right.lowerBound, -right.upperBound)
    }
    var open: [Int] = []
    var next = 0
    return records.sorted { $0.offset < $1.offset }.map { record in
      while next < outerFirst.count, groups[outerFirst[next]].scope.lowerBound <= record.offset {
        while let last = open.last, groups[last].scope.upperBound <= groups[outerFirst[next]].scope.lowerBound { open.removeLast() }
        open.append(outerFirst[next])
        next += 1
      }
      while let last = open.last, groups[last].scope.upperBound <= record.offset { open.removeLast() }
      var around = open.reversed().lazy.filter { !groups[$0].declares(at: record.offset) }.makeIterator()
      guard let inner = around.next() else { return (record, []) }
      if !groups[inner].isGiven, let outer = around.next(), groups[outer].isGiven { return (record, [inner, outer]) }
      return (record, [inner])
    }
  }

  private func isLeftToRobot(_ use: ParameterUse, _ group: ParameterGroup) -> Bool {
    guard let image = group.values.lazy.compactMap(\.site.image).first else { return false }
    return file.dialect.customs.robots.contains { $0.writes(image, use.match) }
  }

  // MARK: What is handed on

  /// The parameters with the uses of what they are handed on to. What is in other files may not be an image.
  static func handingOn(_ groups: [ParameterGroup], _ givers: [[(giver: Int, place: Int)]]) -> [ParameterGroup] {
    var groups = groups
    var flow = ParameterFlow(traits: groups.map(\.traits), isOtherwise: groups.map { $0.otherUse != nil }, givers: givers)
    flow.spread { giver, offset, _ in groups[giver].add(.init(offset: offset, kind: .handedOn)) }
    for index in groups.indices { groups[index].traits = flow.traits[index] }
    return groups
  }
}

extension [Range<Int>] {
  /// How many of these, which are sorted and do not overlap each other, have bytes of that one in them.
  fileprivate func count(overlapping range: Range<Int>) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return self[low...].prefix { $0.lowerBound < range.upperBound }.count
  }
}

/// The names of a file's parameters. Some have parts: `config.image`.
private struct Names {
  private var all: Set<String> = []
  /// The names that begin with this one and a dot.
  private var below: [String: [String]] = [:]

  init(_ names: some Sequence<String>) {
    for name in names where all.insert(name).inserted {
      for outer in Self.outer(name) { below[outer, default: []].append(name) }
    }
  }

  var isEmpty: Bool { all.isEmpty }

  /// The names that a text means: itself, its parts, and the longer names that it is a part of. All, where it is empty.
  func meant(by text: String) -> [String] {
    if text.isEmpty { return Array(all) }
    return Self.outer(text).filter(all.contains) + (all.contains(text) ? [text] : []) + below[text, default: []]
  }

  private static func outer(_ name: String) -> [String] {
    name.indices.filter { name[$0] == "." }.map { String(name[..<$0]) }
  }
}
