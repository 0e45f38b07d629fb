import Dialects

// Values that are given to what another file defines.
extension Scan {
  /// Adds the sites that are such values, and images where they are given to.
  func settleValues(_ scanned: inout [Int: ScannedFile], of files: [SourceFile]) {
    let callers = scanned.filter { $0.value.findings.parameters.contains { $0.callees != nil } }.keys.sorted()
    guard !callers.isEmpty else { return }
    let tree = FileTree(files)
    // What is not worked on is read where its path is known.
    var pending = callers.filter { files[$0].role != .context }
    var seen = Set(pending)
    while let caller = pending.popLast() {
      let callees = scanned[caller]?.findings.parameters.compactMap(\.callees).flatMap(\.self) ?? []
      for case .file(let names) in Set(callees) {
        for target in tree.indices(of: names, from: caller) where files[target].role == .context && seen.insert(target).inserted {
          var file = files[target]
          file.role = .selected
          guard let read = scan(file) else { continue }
          var context = scanned[target] ?? ScannedFile(file: files[target], dialect: read.dialect)
          context.findings.parameters = read.findings.parameters
          scanned[target] = context
          pending.append(target)
        }
      }
    }
    let values = GivenValues(scanned, tree, knowsAll: !files.contains { $0.role == .context })
    for index in callers where files[index].role != .context {
      scanned[index]?.settle(by: values.uses(ofFile: index))
    }
  }
}
