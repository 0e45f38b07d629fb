import HTTP
import LibC
import SystemPackage

/// The file that the next step reads digests from.
enum DigestFile {
  /// Replaces what it holds; nothing where no file is named.
  static func write(_ text: String, to file: String?, _ environment: Environment) throws(Workspace.Failure) {
    guard let file else { return }
    let text = Secrets.hidden(in: text)
    guard let stream = fopen(Paths.absolute(file, from: environment.workingDirectory), "w") else { throw failure(file, errno) }
    let count = fwrite(text, 1, text.utf8.count, stream)
    let reason = errno
    guard fclose(stream) == 0, count == text.utf8.count else { throw failure(file, reason) }
  }

  private static func failure(_ file: String, _ code: Int32) -> Workspace.Failure {
    .unreadable("cannot write the digests to '\(file)': \(Errno(rawValue: code).description.lowercased())")
  }
}
