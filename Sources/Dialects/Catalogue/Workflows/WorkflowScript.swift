import Documents
import SourceText

/// `run:` of a step. Its shell is what `shell` says in the step, or in the `defaults` around it; else runners of Windows start PowerShell;
/// <https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell>.
struct WorkflowScript: PlaceReading {
  var words: String? { ShellLines().words }
  var holdsSeveral: Bool { true }
  var certaintyOfParameters: ParameterUse.Certainty? { .likely }

  func mayStand(in file: ReadFile) -> Bool { file.holdsCommands }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    file.shellSites(at: match) { grammar(of: match, $0) }
  }

  private func grammar(of match: Match, _ script: SourceText) -> ShellGrammar? {
    for mapping in match.mappings.reversed() {
      if let shell = (mapping["shell"] ?? mapping["defaults"]?["run"]?["shell"])?.scalar?.value {
        return Literal.placeholder(in: shell, constructs: .actionsExpression) == nil ? ShellGrammar(startedBy: shell) : .posix
      }
      if mapping["runs-on"]?.scalar?.value.lowercased().contains("windows") ?? false { return .powerShell }
    }
    return ShellGrammar(ofScript: script.bytes)
  }
}
