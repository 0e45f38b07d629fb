import SourceText

/// Finds the files that command lines name with an option: those of Compose, Helm, Skaffold and `docker build`.
///
/// The text is any file, as for `BuildScanner`. Nobody knows the folder in which a line runs: its paths are tried from that of the file and
/// from the root, and count only where there is such a file and something is found in it.
enum ShellFiles {
  /// What a command that names files begins with.
  private struct Command {
    /// Its last word, and the words that may come before it, if any are given.
    var word: String
    var behind: [String] = []
    var dialect: String
    /// The options whose values are paths.
    var options: [String]
    /// Those in front of the subcommand alone: behind it `-f` means something else.
    var endsAtSubcommand = false
    /// Where given, what its first word has to be.
    var subcommands: [String] = []
  }

  private static let commands = [
    Command(word: "docker-compose", dialect: "compose", options: ["-f", "--file"], endsAtSubcommand: true),
    Command(word: "podman-compose", dialect: "compose", options: ["-f", "--file"], endsAtSubcommand: true),
    Command(
      word: "compose", behind: ["docker", "podman", "nerdctl"], dialect: "compose", options: ["-f", "--file"], endsAtSubcommand: true),
    Command(word: "stack", behind: ["docker"], dialect: "compose", options: ["-c", "--compose-file"], subcommands: ["deploy", "up"]),
    Command(
      word: "helm", dialect: "helm-values", options: ["-f", "--values"], subcommands: ["install", "upgrade", "template", "diff", "lint"]),
    Command(word: "skaffold", dialect: "skaffold", options: ["-f", "--filename"]),
    Command(
      word: "build", behind: ["docker", "podman", "nerdctl", "buildx", "image", "buildah"], dialect: "dockerfile",
      options: ["-f", "--file"]
    ),
  ]

  private static let words = Set(commands.map(\.word)).sorted().map { Array($0.utf8) }

  /// O(bytes).
  static func links(in bytes: [UInt8]) -> [FileLink] {
    var links = composeFiles(in: bytes)
    for word in words where bytes.holds(word) {
      let name = String(decoding: word, as: UTF8.self)
      var start = 0
      while let found = bytes.firstIndex(of: word, from: start) {
        start = found + word.count
        guard start < bytes.count, isBlank(bytes[start]), found == 0 || !bytes[found - 1].isNameByte else { continue }
        let before = wordBefore(found, in: bytes)
        for command in commands where command.word == name && (command.behind.isEmpty || command.behind.contains(before)) {
          links += paths(of: command, from: start, in: bytes).map {
            FileLink(.path($0, from: [.folder, .root]), .dialect(command.dialect), isGuess: true)
          }
        }
      }
    }
    return links
  }

  /// `COMPOSE_FILE=a.yml:b.yml`, or the same with a colon as an entry of YAML;
  /// <https://docs.docker.com/compose/how-tos/environment-variables/envvars/#compose_file>.
  static func composeFiles(in bytes: [UInt8]) -> [FileLink] {
    var links: [FileLink] = []
    var start = 0
    while let found = bytes.firstIndex(of: composeFile, from: start) {
      start = found + composeFile.count
      let sign = bytes[start...].first
      guard sign == UInt8(ascii: "=") || sign == UInt8(ascii: ":") && bytes.dropFirst(start + 1).first.map(isBlank) ?? false,
        found == 0 || !bytes[found - 1].isNameByte
      else { continue }
      var words = BuildWords(bytes, from: start + 1)
      links += (words.next()?.string ?? "").split { $0 == ":" || $0 == ";" }.map {
        FileLink(.path(String($0), from: [.folder, .root]), .dialect("compose"), isGuess: true)
      }
    }
    return links
  }

  private static let composeFile = Array("COMPOSE_FILE".utf8)

  private static func paths(of command: Command, from start: Int, in bytes: [UInt8]) -> [String] {
    var words = BuildWords(bytes, from: start)
    var paths: [String] = []
    var subcommand: String?
    while let word = words.next() {
      let text = word.string
      if command.options.contains(text) {
        // `-f -` is standard input.
        if let path = words.next()?.string, path != "-" { paths.append(path) }
      } else if let option = command.options.first(where: { $0.hasPrefix("--") && text.hasPrefix($0 + "=") }) {
        paths.append(String(text.dropFirst(option.utf8.count + 1)))
      } else if text.hasPrefix("-") {
        if command.endsAtSubcommand, optionsWithValue.contains(text) { _ = words.next() }
      } else if subcommand == nil {
        if command.endsAtSubcommand { break }
        subcommand = text
      }
    }
    if !command.subcommands.isEmpty, !command.subcommands.contains(subcommand ?? "") { return [] }
    return paths.flatMap { $0.split(separator: ",").map(String.init) }
  }

  /// Options of Compose in front of its subcommand; <https://docs.docker.com/reference/cli/docker/compose/>.
  private static let optionsWithValue: Set<String> = [
    "-p", "--project-name", "--profile", "--env-file", "--project-directory", "--ansi", "--parallel", "--progress", "-H", "--host", "-c",
    "--context",
  ]

  /// The word in front of that place on its line.
  private static func wordBefore(_ place: Int, in bytes: [UInt8]) -> String {
    let end = bytes[..<place].lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0
    guard end < place else { return "" }
    let start = bytes[..<end].lastIndex { !$0.isNameByte }.map { $0 + 1 } ?? 0
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
