import FoundationEssentials
import LibC
import Pinning
import SystemPackage
import Verifying

/// A ledger in a file. What is new is put at its end, so that two runs at once lose nothing.
struct LedgerFile: LedgerKeeping {
  /// As the configuration names it.
  let path: String
  private let absolutePath: String

  init(_ path: String, _ environment: Environment) {
    self.path = path
    absolutePath = Paths.absolute(path, from: environment.workingDirectory)
  }

  /// Empty where there is no such file yet.
  func read() throws(LedgerFailure) -> Ledger {
    guard FileManager.default.fileExists(atPath: absolutePath) else { return Ledger() }
    let bytes: [UInt8]
    do throws(ReadError) { bytes = try FileReader.read(absolutePath) } catch {
      throw LedgerFailure("cannot read the ledger '\(path)': \(error)")
    }
    do throws(Ledger.LineError) { return try Ledger(parsing: bytes, file: path) } catch {
      throw LedgerFailure(
        at: "\(path):\(error.line)", "the line \(error.problem); nothing of this ledger is taken: restore it, or take the line away")
    }
  }

  func add(_ ledger: Ledger) throws(LedgerFailure) {
    let new = ledger.subtracting(try read())
    guard !new.isEmpty else { return }
    do throws(Errno) { try append(Array(new.text.utf8)) } catch {
      throw LedgerFailure("cannot write the ledger '\(path)': \(systemMessage(error.rawValue))")
    }
  }

  /// By one call, so that two programs do not write into each other's lines.
  private func append(_ bytes: [UInt8]) throws(Errno) {
    let permissions = FilePermissions(rawValue: 0o644)
    do {
      let file = try FileDescriptor.open(absolutePath, .readWrite, options: [.append, .create, .closeOnExec], permissions: permissions)
      try file.closeAfter {
        var start: [UInt8] = []
        let length = try file.seek(offset: 0, from: .end)
        if length > 0 {
          var last: [UInt8] = [0]
          _ = try last.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: length - 1, into: $0) }
          if last != [UInt8(ascii: "\n")] { start = [UInt8(ascii: "\n")] }
        }
        let all = start + bytes
        let count = try all.withUnsafeBytes { try file.write($0) }
        if count < all.count { throw Errno.noSpace }
        guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
      }
    } catch let error as Errno { throw error } catch { throw .ioError }
  }
}
