/// Small files that a reference of the repository keeps beside its history, `refs/tagpin/seen` say: in the tree of the commit that it
/// names, where nobody has to check them out.
package struct ReferenceFiles: Hashable, Sendable {
  /// The commit that has them; nil where there is no such reference yet.
  package var commit: String?
  /// Their bytes, by their paths.
  package var files: [String: [UInt8]]

  package init(commit: String? = nil, files: [String: [UInt8]] = [:]) {
    self.commit = commit
    self.files = files
  }

  /// How the paths of these files end. Whatever else is in the tree, a README say, is left as it is.
  static let suffix = ".jsonl"

  /// Makes one of two files of the same path: both are given whole, and nothing of either may be lost. A side that has no such file is
  /// empty. It is also asked about a file that comes in alone, and says what is wrong with it.
  package typealias Merge = @Sendable (_ path: String, _ ours: [UInt8], _ theirs: [UInt8]) -> Result<[UInt8], UnreadableFile>

  /// Why a file cannot be merged.
  package struct UnreadableFile: Error, Hashable, Sendable {
    package var reason: String

    package init(reason: String) { self.reason = reason }
  }

  /// The path of the file for something with that name: `docker.io/library~nginx.jsonl` for `docker.io/library/nginx`. Only the first part
  /// is a directory, because each tree on the way to a file that changes is a new object, year after year. Two names never share a path,
  /// and neither git nor a file system takes it for anything special.
  package static func path(for name: String) -> String {
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let file = (parts.count == 2 ? parts[1] : parts[0]).split(separator: "/", omittingEmptySubsequences: false).map(escaped)
    // No name without a slash, `a`, has a file that is called as a directory, `a.jsonl/`.
    let directory = parts.count == 2 ? escaped(parts[0]) + (parts[0].hasSuffix(suffix) ? "%" : "") + "/" : ""
    return directory + file.joined(separator: "~") + suffix
  }

  private static func escaped(_ part: Substring) -> String {
    if part.isEmpty { return "%" }
    var text = ""
    for (position, byte) in part.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: ".") where position > 0:
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }
}
