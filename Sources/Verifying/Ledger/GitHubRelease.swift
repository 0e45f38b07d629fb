import Documents
import Rules
import SourceText

/// When GitHub published a release, by its own clock.
package enum GitHubRelease {
  /// Of an answer to `GET /repos/{owner}/{repo}/releases/tags/{tag}` (<https://docs.github.com/rest/releases/releases>), in seconds since
  /// 1970. Only of an immutable release: any other's tag can be moved under it, and its date stays.
  package static func lockedSince(_ answer: [UInt8], tag: String) -> Int64? {
    guard let root = try? JSONReader.read(SourceText(answer)).documents.first, root["immutable"]?.scalar?.value == "true",
      root["tag_name"]?.scalar?.value == tag
    else { return nil }
    return root["published_at"]?.scalar.flatMap { UTCTime.seconds($0.value) }
  }
}
