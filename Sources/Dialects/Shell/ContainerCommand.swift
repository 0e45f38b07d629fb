import References

/// What is in a command of `docker`, `podman` or `nerdctl` where it takes an image: behind the flags of `run` and `create`, and
/// everywhere between those of `pull`.
struct ContainerCommand {
  enum Operand {
    case image(CommandWord)
    /// It may be an image, or be followed by one.
    case leftAlone(CommandWord, SkipReason)
  }

  /// Tool and subcommand: `docker run`.
  let name: String
  private(set) var operands: [Operand] = []

  private enum Verb: String { case run, create, pull }

  /// nil where the words are another command. What a wrapper such as `sudo` or `timeout` starts counts; what another command gets as
  /// arguments is left alone.
  init?(_ words: ArraySlice<CommandWord>) {
    let words = words.drop { $0.isAssignment || Self.isReserved($0) }
    guard let first = words.first else { return nil }
    for index in words.indices where Self.tools.contains(words[index].programName) {
      guard let (verb, rest) = Self.verb(words[(index + 1)...]) else { continue }
      name = words[index].programName + (verb.map { " \($0.rawValue)" } ?? "")
      switch verb {
      case nil: operands = rest.prefix(1).map { .leftAlone($0, Self.unknown($0)) }
      case .run, .create: readRun(rest)
      case .pull: readPull(rest)
      }
      let startsIt = index == words.startIndex || first.beginsWithConstruct || Self.wrappers.contains(first.programName)
      if !startsIt { leaveAlone(.notUnderstood("an argument of '\(first.string)'")) }
      return
    }
    return nil
  }

  /// The text that `sh -c 'text'` runs, behind a wrapper, too.
  static func inlineScript(_ words: ArraySlice<CommandWord>) -> CommandWord? {
    let words = words.drop { $0.isAssignment || isReserved($0) }
    guard let first = words.first else { return nil }
    let start = wrappers.contains(first.programName) ? words.firstIndex { shells.contains($0.programName) } : words.startIndex
    guard let start, shells.contains(words[start].programName) else { return nil }
    let flag = words[(start + 1)...].firstIndex { !$0.string.hasPrefix("-") || $0.string.hasSuffix("c") && !$0.string.hasPrefix("--") }
    guard let flag, words[flag].string.hasPrefix("-") else { return nil }
    return words[(flag + 1)...].first
  }

  static let tools: Set<String> = ["docker", "podman", "nerdctl"]
  private static let shells: Set<String> = ["sh", "bash", "dash", "ash", "ksh", "zsh"]
  private static let reserved: Set<String> = ["!", "{", "if", "then", "elif", "else", "while", "until", "do"]

  /// A word of the shell's own in front of a command.
  static func isReserved(_ word: CommandWord) -> Bool { !word.isQuoted && reserved.contains(word.string) }

  /// Commands that run what is behind them.
  private static let wrappers: Set<String> = [
    "builtin", "chronic", "command", "doas", "env", "exec", "ionice", "nice", "nohup", "retry", "setsid", "stdbuf", "sudo", "time",
    "timeout",
    "travis_retry", "travis_wait", "unbuffer", "watch", "winpty", "xargs",
  ]

  // MARK: Subcommands

  /// The subcommand, and what follows it; no subcommand, and the flag, where a flag in front of it is not known.
  private static func verb(_ words: ArraySlice<CommandWord>) -> (Verb?, ArraySlice<CommandWord>)? {
    var group = ""
    var index = words.startIndex
    while index < words.endIndex {
      let word = words[index].string
      index += 1
      if words[index - 1].beginsWithConstruct { continue }
      if word.hasPrefix("-") {
        guard let takesValue = ContainerFlags.global.takesValue(word) else {
          let isFollowed = words[index...].prefix(16).contains { Verb(rawValue: $0.string) != nil }
          return isFollowed ? (nil, words[(index - 1)...]) : nil
        }
        if takesValue { index += 1 }
        continue
      }
      switch (group, word) {
      case ("", "container"), ("", "image"): group = word
      case ("", "run"), ("", "create"), ("", "pull"), ("container", "run"), ("container", "create"), ("image", "pull"):
        return Verb(rawValue: word).map { ($0, words[min(index, words.endIndex)...]) }
      default: return nil
      }
    }
    return nil
  }

  private mutating func readRun(_ words: ArraySlice<CommandWord>) {
    var isPath = false
    var isNeverPulled = false
    var index = words.startIndex
    while index < words.endIndex {
      let word = words[index]
      guard word.string.hasPrefix("-"), word.text.count > 1 else {
        let reason: SkipReason? =
          isPath ? .local : isNeverPulled && !word.string.contains("@") ? .neverPulled("--pull=never") : nil
        operands = [reason.map { .leftAlone(word, $0) } ?? .image(word)]
        if word.mayBeSeveralWords { readBehind(word, words[(index + 1)...]) }
        return
      }
      guard let takesValue = ContainerFlags.run.takesValue(word.string) else {
        operands = [.leftAlone(word, Self.unknown(word))]
        return
      }
      if word.string == "--rootfs" { isPath = true }
      if word.string == "--pull" { isNeverPulled = index + 1 < words.endIndex && words[index + 1].string == "never" }
      if word.string.hasPrefix("--pull=") { isNeverPulled = word.string == "--pull=never" }
      index += takesValue ? 2 : 1
    }
  }

  /// What may be options may be followed by the image, and may as well be the image, followed by a command. Only a digest tells.
  private mutating func readBehind(_ construct: CommandWord, _ words: ArraySlice<CommandWord>) {
    var index = words.startIndex
    while index < words.endIndex {
      let word = words[index]
      if word.string.hasPrefix("-"), word.text.count > 1 {
        guard let takesValue = ContainerFlags.run.takesValue(word.string) else { return }
        index += takesValue ? 2 : 1
      } else if word.mayBeSeveralWords {
        index += 1
      } else {
        if word.string.contains("@sha256:") {
          operands = [.image(word)]
        } else if word.construct == nil, (try? ImageReference(parsing: word.string))?.tag != nil {
          let why = "'\(construct.string)' before it may be options, or the image itself; if this is the image, write its digest here"
          operands.append(.leftAlone(word, .notPinnable(why)))
        }
        return
      }
    }
  }

  /// Podman pulls several images, and flags may be behind them.
  private mutating func readPull(_ words: ArraySlice<CommandWord>) {
    var pullsAllTags = false
    var index = words.startIndex
    while index < words.endIndex {
      let word = words[index]
      index += 1
      guard word.string.hasPrefix("-"), word.text.count > 1 else {
        operands.append(.image(word))
        continue
      }
      guard let takesValue = ContainerFlags.pull.takesValue(word.string) else {
        operands = [.leftAlone(word, Self.unknown(word))]
        return
      }
      if word.string == "--all-tags" || !word.string.hasPrefix("--") && word.string.contains("a") { pullsAllTags = true }
      if takesValue { index += 1 }
    }
    if pullsAllTags { leaveAlone(.notPinnable("'--all-tags' pulls every tag, not one")) }
  }

  private mutating func leaveAlone(_ reason: SkipReason) {
    operands = operands.map { operand in
      switch operand {
      case .image(let word), .leftAlone(let word, _): .leftAlone(word, reason)
      }
    }
  }

  private static func unknown(_ flag: CommandWord) -> SkipReason { .notUnderstood("the flag '\(flag.string)', which may take a value,") }
}
