extension PushedRepository {
  static let ledger = "refs/tagpin/seen"

  /// All lines of the ledger in that repository; nil where there is none.
  func ledgerLines(in directory: String) async throws -> [String]? {
    let names = try await sandbox.git("for-each-ref", Self.ledger, in: directory)
    guard !names.isEmpty else { return nil }
    let files = try await sandbox.git("ls-tree", "-r", "--name-only", Self.ledger, in: directory)
    var lines: [String] = []
    for file in files.split(separator: "\n") {
      lines += try await sandbox.git("show", "\(Self.ledger):\(file)", in: directory).split(separator: "\n").map(String.init)
    }
    return lines
  }
}
