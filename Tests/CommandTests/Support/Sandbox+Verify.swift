import Foundation
import ServersForTests
import Testing

extension Sandbox {
  /// What `verify` says, with its exit status and its messages.
  func verified(_ options: [String] = [], environment: [String: String] = [:]) async throws -> (
    status: Int32, sites: [[String: Any]], error: String
  ) {
    let result = try await program(Program.tagpinPath, environment: environment).run(["verify", "--format", "json"] + options)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any], "\(result.outputText) \(result.errorText)")
    let files = try #require(json["files"] as? [[String: Any]])
    return (result.status, files.flatMap { $0["sites"] as? [[String: Any]] ?? [] }, result.errorText)
  }
}
