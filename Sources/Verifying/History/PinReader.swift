import Dialects
import Pinning

/// Reads what files pin from bytes alone: as the dialects that know a file by its name or its content say. Nothing is read beside it.
package struct PinReader: Sendable {
  private let options: DialectOptions
  private let sitePaths: @Sendable (String) -> [SitePath]
  private let isRead: @Sendable (String) -> Bool
  private let dialect: @Sendable (String) -> String?

  /// What the configuration says of the file of a path: whether it is looked at at all, as which dialect, and which places it adds.
  package init(
    options: DialectOptions, isRead: @escaping @Sendable (String) -> Bool = { _ in true },
    dialect: @escaping @Sendable (String) -> String? = { _ in nil },
    sitePaths: @escaping @Sendable (String) -> [SitePath] = { _ in [] }
  ) {
    self.options = options
    self.isRead = isRead
    self.dialect = dialect
    self.sitePaths = sitePaths
  }

  /// Of a file of that path; none where no dialect knows it. Its bytes are asked for only where one may.
  package func pins<Failure>(at path: String, bytes: () throws(Failure) -> [UInt8]) throws(Failure) -> [PinnedReference] {
    guard isRead(path) else { return [] }
    let bytes = try bytes()
    let scan = Scan(options: options, keepsText: false, sitePaths: sitePaths) { file in
      file.path == path ? .success(bytes) : .failure(.missing(file.path))
    }
    guard let scanned = scan.scan(SourceFile(path: path, absolutePath: path, dialectName: dialect(path))) else { return [] }
    return zip(scanned.findings.sites, scanned.positions).compactMap { PinnedReference($0, at: $1) }
  }
}
