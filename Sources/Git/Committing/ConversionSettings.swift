import CLibgit2
import SystemPackage

/// What git's configuration says of conversions, told to libgit2 where that reads other files than git: it knows neither
/// `GIT_CONFIG_GLOBAL` nor `GIT_CONFIG_COUNT`, so that a filter of attributes named there would be passed over, and a secret be committed
/// in clear.
final class ConversionSettings {
  // libgit2 looks at the file again and again.
  private let scratch: ScratchDirectory

  /// nil where libgit2 reads what git reads.
  init?(_ configuration: GitConfiguration, of repository: GitRepository, variables: [String: String]) throws(CommitError) {
    guard variables.keys.contains(where: { $0.hasPrefix("GIT_CONFIG_") }) else { return nil }
    let doing = "read git's configuration"
    var settings: OpaquePointer?
    defer { git_config_free(settings) }
    try GitRepository.check(doing, git_repository_config(&settings, repository.handle))
    guard Self.differs(configuration, from: settings) else { return nil }
    scratch = try ScratchDirectory()
    let file = try scratch.write(Array(Self.text(configuration, variables).utf8), to: "conversions")
    try GitRepository.check(doing, git_config_add_file_ondisk(settings, file, GIT_CONFIG_LEVEL_APP, repository.handle, 1))
  }

  private static let names = ["attributesfile", "autocrlf", "eol", "safecrlf"]

  private static func differs(_ configuration: GitConfiguration, from settings: OpaquePointer?) -> Bool {
    names.contains { name in
      var buffer = git_buf()
      defer { git_buf_dispose(&buffer) }
      let isSet = git_config_get_string_buf(&buffer, settings, "core.\(name)") == 0
      return configuration.value("core", name) != (isSet ? buffer.ptr.map { String(cString: $0) } : nil)
    }
  }

  /// Every setting is there, also one that nothing sets: another file that only libgit2 reads may have it.
  private static func text(_ configuration: GitConfiguration, _ variables: [String: String]) -> String {
    let own = variables["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : FilePath($0) }
    let directory = own ?? variables["HOME"].map { FilePath($0).appending(".config") }
    let usual = [
      "attributesfile": directory?.appending("git/attributes").string ?? "/dev/null", "autocrlf": "false", "eol": "native",
      "safecrlf": "false",
    ]
    let lines = names.map { "\t\($0) = \(quoted(configuration.value("core", $0) ?? usual[$0] ?? ""))\n" }
    return "[core]\n\(lines.joined())"
  }

  private static func quoted(_ value: String) -> String {
    let escaped = value.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
