import Distribution
import LibC
import Testing

/// A home directory of a test's own, with files and programs in it; it is removed with its owner.
final class TestHome: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/tagpin-home-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw TestHomeError.failed("mkdtemp") }
    path = String(cString: made)
  }

  deinit { _ = run("rm", ["-rf", path]) }

  @discardableResult
  func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
    let file = "\(path)/\(name)"
    var directory = path
    for part in name.split(separator: "/").dropLast() {
      directory += "/\(part)"
      mkdir(directory, 0o700)
    }
    guard let stream = fopen(file, "w") else { throw TestHomeError.failed(file) }
    fputs(text, stream)
    fclose(stream)
    chmod(file, mode)
    return file
  }

  func read(_ name: String) -> String? {
    guard let stream = fopen("\(path)/\(name)", "r") else { return nil }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, stream)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// A credential helper of that name in `bin`. Each run adds what it was asked to the file `calls`.
  func addHelper(_ name: String, _ script: String) throws {
    try write("bin/docker-credential-\(name)", "#!/bin/sh\n\(script)\n", mode: 0o700)
  }

  /// A helper that notes what it is asked and answers with a user and a secret.
  func addWorkingHelper(_ name: String, user: String = "u", secret: String = "s3cret") throws {
    try addHelper(
      name, #"printf '%s|' "$1" "$(cat)" >> "\#(path)/calls"; echo '{"ServerURL":"x","Username":"\#(user)","Secret":"\#(secret)"}'"#)
  }

  var environment: [String: String] { ["PATH": "\(path)/bin:/usr/bin:/bin", "HOME": path] }

  func store(_ more: [String: String] = [:], timeout: Duration = .seconds(30)) -> CredentialStore {
    CredentialStore(
      environment: environment.merging(more) { $1 }, homeDirectory: path, userID: 4_294_967_000, helperTimeout: timeout)
  }

  private func run(_ program: String, _ arguments: [String]) -> Int32 {
    var process: pid_t = 0
    var pointers: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    guard posix_spawnp(&process, program, nil, nil, &pointers, environ) == 0 else { return -1 }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return status
  }
}

enum TestHomeError: Error { case failed(String) }
