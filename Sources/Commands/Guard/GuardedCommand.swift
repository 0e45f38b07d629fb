/// The command behind `--` in `tagpin guard REF… -- COMMAND…`.
///
/// It is taken out before the arguments are parsed: the parser gives a command one list of arguments at most, and references are one already.
enum GuardedCommand {
  /// nil where there is no `--`.
  @TaskLocal static var current: [String]?

  /// The arguments of `tagpin` without those of the command.
  static func split(_ arguments: [String]) -> (own: [String], command: [String]?) {
    guard arguments.first == "guard", let terminator = arguments.firstIndex(of: "--") else { return (arguments, nil) }
    return (Array(arguments[..<terminator]), Array(arguments[(terminator + 1)...]))
  }
}
