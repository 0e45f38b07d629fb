import Foundation
import Synchronization

/// The secrets of one test: those that it names, and those that its servers are sent. What tagpin shows meanwhile is searched for them.
package final class TestSecrets: Sendable {
  /// Of the test that runs.
  @TaskLocal private static var current: TestSecrets?

  private let known = Mutex<Set<String>>([])

  /// What a server is sent is a secret from so many bytes on: a shorter one may stand in some other word.
  private static let minimumByteCount = 8

  /// Runs `body` with the list of the test, which begins here where there is none yet.
  package static func collecting<Result>(_ body: (TestSecrets) async throws -> Result) async throws -> Result {
    if let current { return try await body(current) }
    let secrets = TestSecrets()
    return try await $current.withValue(secrets) { try await body(secrets) }
  }

  /// All of them.
  package var all: Set<String> { known.withLock { $0 } }

  package func add(_ secret: String) { known.withLock { _ = $0.insert(secret) } }

  /// The value of a field that a client proves with who it is: `Basic` with a user and a password in base64, or another scheme with a
  /// token.
  func add(authorization value: String) {
    let words = value.split(separator: " ", maxSplits: 1).map(String.init)
    guard let credential = words.last, credential.utf8.count >= Self.minimumByteCount else { return }
    add(credential)
    guard words.count == 2, words[0].lowercased() == "basic", let login = Data(base64Encoded: credential) else { return }
    let password = String(decoding: login, as: UTF8.self).drop { $0 != ":" }.dropFirst()
    if password.utf8.count >= Self.minimumByteCount { add(String(password)) }
  }
}
