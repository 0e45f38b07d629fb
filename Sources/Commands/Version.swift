import CBuild

/// The version of this program; the only place that says it.
package let tagpinVersion = "0.1.0"

/// What `--version` says: `0.1.0 (3eea89f0c1d2, linux x86_64)`. The version comes first, for scripts.
var tagpinBuild: String {
  let commit = String(cString: tagpin_commit())
  return "\(tagpinVersion) (\(commit.isEmpty ? "development build" : commit), \(platform))"
}

/// As releases are named, and as `uname` has it.
private var platform: String {
  #if os(macOS)
    let system = "darwin"
  #else
    let system = "linux"
  #endif
  #if arch(x86_64)
    return "\(system) x86_64"
  #elseif os(macOS)
    return "\(system) arm64"
  #else
    return "\(system) aarch64"
  #endif
}
