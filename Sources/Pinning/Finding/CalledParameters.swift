import Dialects

/// The parameters of all files of a run, and which of them are meant where something is called.
struct CalledParameters {
  struct Parameter {
    var file: Int
    /// The number of the first parameter of its file.
    var first: Int
    var node: ParameterNode
  }

  /// What a call means.
  enum Called {
    /// This parameter.
    case found(Int)
    /// Nobody can tell: why.
    case unknown(String)
  }

  private struct Name: Hashable {
    var callee: Callee
    /// The file in which that is so; nil for what holds in the whole repository.
    var file: Int?
    var parameter: String
  }

  private(set) var all: [Parameter] = []
  private var owners: [Name: [Int]] = [:]
  private var ofFile: [Int: Range<Int>] = [:]
  private let paths: [Int: String]
  private let tree: FileTree
  private let knowsAll: Bool

  init(_ files: [Int: ScannedFile], _ tree: FileTree, knowsAll: Bool) {
    paths = files.mapValues(\.file.path)
    self.tree = tree
    self.knowsAll = knowsAll
    for (file, scanned) in files.sorted(by: { $0.key < $1.key }) {
      let first = all.count
      for node in scanned.findings.parameters {
        for owner in Set(node.owners) {
          let isOfAll = if case .named = owner { true } else { false }
          owners[Name(callee: owner, file: isOfAll ? nil : file, parameter: node.name), default: []].append(all.count)
        }
        all.append(Parameter(file: file, first: first, node: node))
      }
      if all.count > first { ofFile[file] = first..<all.count }
    }
  }

  func indices(ofFile file: Int) -> Range<Int> { ofFile[file] ?? 0..<0 }

  func path(of parameter: Int) -> String { path(ofFile: all[parameter].file) }

  private func path(ofFile file: Int) -> String { paths[file] ?? "" }

  /// What a parameter is that a call gives a value; nil for any other. One of that name that has no such parameter takes no harm.
  func called(by index: Int) -> Called? {
    let (file, node) = (all[index].file, all[index].node)
    guard let callees = node.callees else { return nil }
    let advice = "; if it runs this image, write the digest by hand"
    for callee in callees {
      if case .named(let name) = callee, !knowsAll {
        return .unknown("'\(name)' may be in a file that is not read now: name the whole repository" + advice)
      }
      let found = owners(of: callee, node.name, from: file)
      if found.count == 1 { return .found(found[0]) }
      if found.count > 1 {
        let places = Set(found.map { PathKey(path(of: $0)) }).sorted().prefix(2).map { "'\($0.path)'" }.joined(separator: " and ")
        return .unknown("it is given to one of several in \(places), and nobody can tell to which" + advice)
      }
    }
    let name =
      switch callees.first {
      case .named(let name)?, .here(_, let name)?: "'\(name)'"
      case .file(.path(let path, _))?: "'\(path)'"
      default: nil as String?
      }
    guard let name else { return .unknown("what it is given to is written elsewhere" + advice) }
    return .unknown("\(name) with a parameter '\(node.name)' is not found in this repository" + advice)
  }

  private func owners(of callee: Callee, _ parameter: String, from caller: Int) -> [Int] {
    switch callee {
    case .named:
      // What others have written, or what is only tested with, is called from there alone.
      return owners[Name(callee: callee, parameter: parameter), default: []].filter {
        path(ofFile: caller).utf8.starts(with: ForeignTree.around(path(of: $0)).utf8)
      }
    case .file(let names):
      return tree.indices(of: names, from: caller).flatMap { owners[Name(callee: .itself, file: $0, parameter: parameter), default: []] }
    case .itself, .here: return owners[Name(callee: callee, file: caller, parameter: parameter), default: []]
    }
  }
}
