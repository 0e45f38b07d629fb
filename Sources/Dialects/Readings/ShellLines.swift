import Documents
import SourceText

/// Lines for a shell: the images of the commands in them.
struct ShellLines: PlaceReading {
  /// Which shell reads them, where their own `#!` line does not say so.
  enum Shell: Hashable, Sendable {
    case posix
    case powerShell
    /// The one that the nearest `shell` names in a mapping around them.
    case named
  }

  var shell: Shell = .posix

  var words: String? { " (shell lines)" }
  var holdsSeveral: Bool { true }
  var certaintyOfParameters: ParameterUse.Certainty? { .likely }

  func mayStand(in file: ReadFile) -> Bool { file.holdsCommands }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    file.shellSites(at: match) { script in
      switch shell {
      case .posix: return ShellGrammar(ofScript: script.bytes)
      case .powerShell: return .powerShell
      case .named:
        let name = match.mappings.last { $0["shell"]?.scalar != nil }?["shell"]?.scalar?.value
        return name.map(ShellGrammar.init(startedBy:)) ?? ShellGrammar(ofScript: script.bytes)
      }
    }
  }
}

extension Place {
  /// Lines for a shell.
  init(_ paths: SitePaths, shell: ShellLines.Shell, if condition: Condition = .always) {
    self.init(paths, by: ShellLines(shell: shell), if: condition)
  }
}

extension ReadFile {
  private struct Commands { var mayStand: Bool }

  /// Whether a command that runs containers may be anywhere in the file.
  var holdsCommands: Bool { once { Commands(mayStand: ShellImages.mayStand(in: text.bytes)) }.mayStand }

  /// The images of the commands in a text; none where something else than a shell reads it, so that it has no grammar of ours.
  func shellSites(at match: Match, grammar: (SourceText) -> ShellGrammar?) -> [Site] {
    guard let scalar = match.node.scalar else { return [] }
    let script = SourceText(scalar.value)
    guard ShellImages.mayStand(in: script.bytes), let grammar = grammar(script) else { return [] }
    return ShellImages.sites(in: script, parts: [TracedBytes(script.bytes, script.bytes.indices)], grammar).map { site in
      var site = site
      site.place = match.path
      site.form = dialect.form
      // Its comments are the script's, not the file's.
      site.tagComment = nil
      let range = sourceRange(ofValue: site.range, in: match.node)
      let key = site.digestKey.flatMap { outer($0, match.node) }
      if site.image != nil, range == nil || (key == nil) != (site.digestKey == nil) {
        site.content = .failed(.writtenWithEscape(in: site.text))
      }
      site.digestKey = key
      site.range = range ?? match.node.range
      return site
    }
  }
}
