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
  package static let suffix = ".jsonl"

  /// Makes one of two files of the same path: both are given whole, and nothing of either may be lost. A side that has no such file is
  /// empty. It is also asked about a file that comes in alone, and says what is wrong with it.
  package typealias Merge = @Sendable (_ path: String, _ ours: [UInt8], _ theirs: [UInt8]) -> Result<[UInt8], UnreadableFile>

  /// Why a file cannot be merged.
  package struct UnreadableFile: Error, Hashable, Sendable {
    package var reason: String

    package init(reason: String) { self.reason = reason }
  }
}
