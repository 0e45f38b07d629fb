import SourceText

/// What the stages of a Dockerfile see of the arguments in front of the first `FROM`: those that they declare again, and where they use
/// them. <https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact>
struct DockerfileSights {
  /// The arguments that the current stage sees.
  private var seen: Set<String> = []
  /// The first use of each, which is of no image: the images of a stage are made outside of it.
  private(set) var uses: [String: ParameterGroup.OtherUse] = [:]

  mutating func beginStage() { seen = [] }

  /// Reads an instruction of a stage. With a default of its own, an argument is another one.
  mutating func read(_ instruction: DockerfileInstruction, escape: UInt8) {
    let offset = instruction.keywordRange.lowerBound
    note(Self.names(in: texts(of: instruction)).intersection(seen), .elsewhere, at: offset)
    switch instruction.keyword {
    // What it runs has them in its environment.
    case "RUN": note(seen, .commands, at: offset)
    case "ARG" where !instruction.isOnBuild:
      for (name, value) in DockerfileArguments.arguments(of: instruction.arguments, escape: escape) {
        if value == nil { seen.insert(name) } else { seen.remove(name) }
      }
    default: break
    }
  }

  private mutating func note(_ names: Set<String>, _ kind: ParameterGroup.OtherUse.Kind, at offset: Int) {
    for name in names where uses[name] == nil { uses[name] = .init(offset: offset, kind: kind) }
  }

  /// `--from` names an image.
  private func texts(of instruction: DockerfileInstruction) -> [UInt8] {
    instruction.keyword == "COPY" ? DockerfileFlags(of: instruction.arguments).rest.bytes : instruction.arguments.bytes
  }

  /// The names behind `$` and `${`.
  private static func names(in bytes: [UInt8]) -> Set<String> {
    var names: Set<String> = []
    var start = 0
    while let dollar = bytes[start...].firstIndex(of: UInt8(ascii: "$")) {
      start = dollar + 1
      let rest = bytes[start...]
      let name = (rest.first == UInt8(ascii: "{") ? rest.dropFirst() : rest).prefix(while: \.isWordByte)
      if !name.isEmpty { names.insert(String(decoding: name, as: UTF8.self)) }
    }
    return names
  }
}
