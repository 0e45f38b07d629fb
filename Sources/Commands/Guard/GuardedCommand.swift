/// The command behind `--` in `tagpin guard REF… -- COMMAND…`.
///
/// It is taken out before the arguments are parsed: the parser allows one list of arguments, and the references are that list.
enum GuardedCommand {
  /// nil where there is no `--`.
  @TaskLocal static var current: [String]?

  /// The arguments of `tagpin` without those of the command.
  static func split(_ arguments: [String]) -> (own: [String], command: [String]?) {
    guard arguments.first == "guard", let terminator = arguments.firstIndex(of: "--") else { return (arguments, nil) }
    return (Array(arguments[..<terminator]), Array(arguments[(terminator + 1)...]))
  }
  /// The command that somebody wrote behind the references without `--`; nil without one. A program's name alone may be an image's.
  static func withoutMark(in arguments: [String]) -> [String]? {
    for (index, word) in arguments.enumerated().dropFirst() where programs.contains(word) && !arguments[index - 1].hasPrefix("-") {
      if index + 1 < arguments.count { return Array(arguments[index...]) }
    }
    return nil
  }

  /// What pushes, or runs what does.
  private static let programs: Set<String> = [
    "docker", "podman", "buildah", "skopeo", "nerdctl", "crane", "regctl", "oras", "ko", "helm", "make", "bash", "sh", "env", "sudo",
  ]
}
