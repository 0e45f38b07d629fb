/// What the shells differ in, as far as it matters to where a command's words begin and end.
struct ShellGrammar: Hashable, Sendable {
  /// What takes a character's meaning away, and continues a line at its end.
  var escape: UInt8
  /// `'…'` is a quotation, too.
  var hasSingleQuotes = true
  /// A `#` that begins a word begins a comment.
  var hasComments = true
  /// What `escape` does inside of `"…"`: all, nothing, or as POSIX has it (section 2.2.3).
  var escapesInQuotes = Escapes.some
  /// `$(…)` and `${…}` are Make's, and `$$` is the shell's `$`.
  var isMake = false

  enum Escapes: Hashable, Sendable { case all, some, none }

  static let posix = ShellGrammar(escape: UInt8(ascii: "\\"))
  static let make = ShellGrammar(escape: UInt8(ascii: "\\"), isMake: true)
  static let powerShell = ShellGrammar(escape: UInt8(ascii: "`"), escapesInQuotes: .all)
  static let cmd = ShellGrammar(escape: UInt8(ascii: "^"), hasSingleQuotes: false, hasComments: false, escapesInQuotes: .none)

  /// The grammar of the shell that this command line starts: `bash -e {0}`, `/bin/sh`, `pwsh`. nil where it starts something else
  /// (`python`).
  init?(startedBy command: String) {
    let words = command.split { $0 == " " || $0 == "\t" }
    guard var name = words.first.map(Self.baseName) else { return nil }
    if name == "env", let real = words.dropFirst().first(where: { !$0.hasPrefix("-") && !$0.contains("=") }) { name = Self.baseName(real) }
    switch name {
    case "sh", "bash", "dash", "ash", "ksh", "zsh", "busybox": self = .posix
    case "pwsh", "powershell": self = .powerShell
    case "cmd": self = .cmd
    default: return nil
    }
  }

  /// The grammar of a script: what its `#!` line says, else a shell's.
  init?(ofScript bytes: [UInt8]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard bytes[start...].starts(with: "#!".utf8) else {
      self = .posix
      return
    }
    let line = bytes[(start + 2)...].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    self.init(startedBy: String(decoding: line, as: UTF8.self))
  }

  private init(
    escape: UInt8, hasSingleQuotes: Bool = true, hasComments: Bool = true, escapesInQuotes: Escapes = .some, isMake: Bool = false
  ) {
    self.escape = escape
    self.hasSingleQuotes = hasSingleQuotes
    self.hasComments = hasComments
    self.escapesInQuotes = escapesInQuotes
    self.isMake = isMake
  }

  private static func baseName(_ path: Substring) -> String {
    let name = path.split { $0 == "/" || $0 == "\\" }.last ?? ""
    return (name.hasSuffix(".exe") ? name.dropLast(4) : name).lowercased()
  }
}
