import CLibgit2
import SystemPackage

/// One file of git's configuration, read by itself. What cannot be read has no values.
struct ConfigurationFile {
  let path: FilePath

  /// The last value of that name, which is lower case except for its middle part.
  func string(_ name: String) -> String? {
    var configuration: OpaquePointer?
    guard git_config_open_ondisk(&configuration, path.string) == 0 else { return nil }
    defer { git_config_free(configuration) }
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    guard git_config_get_string_buf(&buffer, configuration, name) == 0, let value = buffer.ptr else { return nil }
    return String(cString: value)
  }
}
