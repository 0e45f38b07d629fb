import Dialects

/// The parameters of all files of a run, and what their values are in the end, which are given to what other files define.
struct GivenValues {
  private var calls: CalledParameters
  private var flow: ParameterFlow
  /// Why a digest may break a parameter, or why nobody can tell what it is given to.
  private var reasons: [String?]

  /// `knowsAll` says whether all files of the repository are read, so that a name that is found once is there once.
  init(_ files: [Int: ScannedFile], _ tree: FileTree, knowsAll: Bool) {
    calls = CalledParameters(files, tree, knowsAll: knowsAll)
    let parameters = calls.all
    flow = ParameterFlow(
      traits: parameters.map(\.node.traits), isOtherwise: parameters.map { $0.node.otherUse != nil },
      givers: [[(giver: Int, place: Int)]](repeating: [], count: parameters.count))
    reasons = parameters.map { $0.node.why(in: nil) }
    for (index, parameter) in parameters.enumerated() {
      for receiver in parameter.node.receivers { flow.givers[parameter.first + receiver.node].append((index, receiver.line)) }
      switch calls.called(by: index) {
      case nil: break
      case .found(let called)?: flow.givers[called].append((index, 0))
      case .unknown(let why)?:
        flow.traits[index].insert(.unknown)
        reasons[index] = why
      }
    }
    spread()
  }

  private mutating func spread() {
    let parameters = calls.all
    var reasons = reasons
    flow.spread { giver, line, receiver in
      guard reasons[giver] == nil else { return }
      if parameters[giver].file != parameters[receiver].file, let why = parameters[receiver].node.why(in: calls.path(of: receiver)) {
        reasons[giver] = why
      } else if parameters[giver].node.callees != nil || parameters[receiver].node.callees != nil, let why = reasons[receiver] {
        reasons[giver] = why
      } else if line > 0 {
        reasons[giver] = parameters[giver].node.whyHandedOn(line: line)
      }
    }
    self.reasons = reasons
  }

  /// What the parameters of a file are used as, in the order in which it has them.
  func uses(ofFile index: Int) -> [SettledParameter] {
    calls.indices(ofFile: index).map { SettledParameter(traits: flow.traits[$0], reason: reasons[$0]) }
  }
}
