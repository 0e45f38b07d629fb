import HTTP

/// The file that the next step reads digests from.
enum DigestFile {
  /// Replaces what it holds; nothing where no file is named.
  static func write(_ text: String, to file: String?, _ environment: Environment) throws(Workspace.Failure) {
    guard let file else { return }
    let path = Paths.absolute(file, from: environment.workingDirectory)
    try OutputFile.write(Secrets.hidden(in: text), to: path, as: "digests", named: file)
  }
}
