import Documents
import SourceText

extension PlaceReader {
  /// The images of the commands in a text for a shell.
  func scripts(_ match: DocumentWalk.Match) -> [Site] {
    guard let scalar = match.node.scalar else { return [] }
    let script = SourceText(scalar.value)
    guard ShellImages.mayStand(in: script.bytes), let grammar = grammar(of: match, script) else { return [] }
    return ShellImages.sites(in: script, parts: [TracedBytes(script.bytes, script.bytes.indices)], grammar).map { site in
      var site = site
      site.place = match.path
      site.form = dialect.form
      // Its comments are the script's, not the file's.
      site.tagComment = nil
      let range = text.sourceRange(ofValue: site.range, in: match.node)
      if range == nil, site.image != nil { site.content = .failed(.writtenWithEscape(in: site.text)) }
      site.range = range ?? match.node.range
      return site
    }
  }

  /// nil where something else than a shell reads the text: `shell: python`, or a `#!` line that says so.
  private func grammar(of match: DocumentWalk.Match, _ script: SourceText) -> ShellGrammar? {
    if match.key == "pwsh" || match.key == "powershell" { return .powerShell }
    for mapping in match.mappings.reversed() {
      guard let shell = (mapping["shell"] ?? mapping["defaults"]?["run"]?["shell"])?.scalar?.value else {
        // GitHub's runners start PowerShell there where nothing else is said.
        if mapping["runs-on"]?.scalar?.value.lowercased().contains("windows") ?? false { return .powerShell }
        continue
      }
      return Literal.placeholder(in: shell, constructs: .actionsExpression) == nil ? ShellGrammar(startedBy: shell) : .posix
    }
    return ShellGrammar(ofScript: script.bytes)
  }
}
