/// What runners of CI take out of a step's output and carry out, on either stream.
///
/// GitHub's runner (and Gitea's and Forgejo's) takes `::` at the beginning of a line, white space not counted, and `##[` anywhere in it
/// (actions/runner, `ActionCommand.cs`); Azure Pipelines takes `##vso[` and `##[`, TeamCity `##teamcity[`. A .NET program may compare texts
/// by the rules of a language, which do not see characters without a width.
extension String {
  /// This text with one character of everything that a runner would act on written as an escape. Nothing else changes.
  package var withoutRunnerCommands: String {
    let breaks = runnerCommands
    guard !breaks.isEmpty else { return self }
    var result = ""
    var start = startIndex
    for index in breaks {
      result += self[start..<index]
      result += "\\x" + unicodeScalars[index].value.hexadecimal(digits: 2)
      start = unicodeScalars.index(after: index)
    }
    return result + self[start...]
  }

  package var hasRunnerCommands: Bool { !runnerCommands.isEmpty }

  /// The character that each of them begins with.
  private var runnerCommands: [String.Index] {
    let scalars = unicodeScalars
    var result: [String.Index] = []
    var isBlank = true
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      let next = scalars.index(after: index)
      switch scalar {
      case "\n", "\r": isBlank = true
      case ":" where isBlank:
        if scalars[next...].first(where: { !$0.isUnseen }) == ":" { result.append(index) }
        isBlank = false
      case "#":
        if Self.beginsCommand(scalars[next...]) { result.append(index) }
        isBlank = false
      case _ where !scalar.isBlank: isBlank = false
      default: break
      }
      index = next
    }
    return result
  }

  /// Whether `#[`, or `#`, a word and `[`, follow the first `#`.
  private static func beginsCommand(_ rest: Substring.UnicodeScalarView) -> Bool {
    var hasSecond = false
    for scalar in rest where !scalar.isUnseen {
      switch scalar {
      case "#" where !hasSecond: hasSecond = true
      case "[": return hasSecond
      case "a"..."z", "A"..."Z": if !hasSecond { return false }
      default: return false
      }
    }
    return false
  }
}

extension Unicode.Scalar {
  fileprivate var isUnseen: Bool {
    if value < 0x80 { return isUnprintable && !(9...13).contains(value) }
    return isUnprintable || properties.isDefaultIgnorableCodePoint
  }

  /// Whether nothing of it counts at the beginning of a line.
  fileprivate var isBlank: Bool {
    if value < 0x80 { return value <= 0x20 || value == 0x7F }
    return properties.isWhitespace || isUnseen
  }
}
