import LibC
import Manual
import Reporting

/// Shows pages: through the user's pager on a terminal, plain where a program reads.
enum Pager {
  static func show(_ markdown: String) {
    let environment = Environment.current
    guard environment.standardOutputIsTerminal else {
      return StandardStream.writeOutput(TerminalPage(width: 80, colour: false).text(of: markdown))
    }
    let isForbidden = environment["NO_COLOR"] != nil || environment["TERM"] == "dumb"
    let page = TerminalPage(width: min(100, Terminal.columns(of: STDOUT_FILENO) ?? 80), colour: !isForbidden).text(of: markdown)
    if !send(page, to: environment["PAGER"] ?? "less") { StandardStream.writeOutput(page) }
  }

  /// False where there is no such program, and nothing was shown.
  private static func send(_ text: String, to pager: String) -> Bool {
    // Colours as they are, no pages for what fits, and the screen stays: as git has it.
    setenv("LESS", "FRX", 0)
    // The reader may leave before the end.
    signal(SIGPIPE, SIG_IGN)
    guard let pipe = popen(pager, "w") else { return false }
    fputs(text, pipe)
    let status = pclose(pipe)
    let code = (status >> 8) & 0xFF
    return status >= 0 && code != 126 && code != 127
  }
}
