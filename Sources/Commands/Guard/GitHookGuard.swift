import Configuration
import Pinning

/// `tagpin guard --git-hook REMOTE URL`: what it says to a push, from what git gives to the hook.
struct GitHookGuard {
  /// As git names it: the remote, or its URL where it has no name.
  let remote: String
  let allowed: AllowedTags

  struct Verdict: Hashable, Sendable {
    /// 0: nothing is in the way of the push; 1: a tag would be moved or deleted; 2: what would be pushed is not known.
    var exitCode: Int32
    /// For standard error; each ends its line.
    var messages: [String] = []
  }

  func verdict(on input: [UInt8]) -> Verdict {
    let findings: [GitTagGuard.Finding]
    do throws(GitRefUpdate.Malformed) {
      findings = GitTagGuard(allowed: allowed).findings(in: try GitRefUpdate.all(in: input))
    } catch {
      return Verdict(exitCode: 2, messages: ["tagpin: error: \(error)\n"])
    }
    var verdict = Verdict(exitCode: 0)
    for finding in findings {
      let change = change(finding)
      if let glob = finding.allowedBy {
        verdict.messages.append("tagpin: \(change), which '\(glob)' allows\n")
      } else {
        verdict.messages.append("tagpin: error: \(change): \(advice(finding))\n")
        verdict.exitCode = 1
      }
    }
    if verdict.exitCode != 0 { verdict.messages.append("tagpin: nothing was pushed\n") }
    return verdict
  }

  private func change(_ finding: GitTagGuard.Finding) -> String {
    let from = finding.from.prefix(12)
    let tag = Self.shown(finding.tag)
    guard let to = finding.to else { return "the tag '\(tag)' of '\(shownRemote)', at \(from), would be deleted" }
    return "the tag '\(tag)' of '\(shownRemote)' would move from \(from) to \(to.prefix(12))"
  }

  private func advice(_ finding: GitTagGuard.Finding) -> String {
    let remedy = finding.to == nil ? "keep it, for others may use it" : "give the new state a new tag"
    let file = allowed.limit.map { "\($0.file), whose list the repository's own cannot widen" } ?? ".tagpin.yaml"
    let wish = finding.to == nil ? "be deleted" : "move"
    return """
      \(remedy); if it is meant to \(wish), write guard: {allow: ["\(Self.shown(finding.tag))"]} into \(file); to do it this once, \
      push with --no-verify
      """
  }

  /// A URL can hold a password.
  private var shownRemote: String {
    guard let scheme = remote.firstRange(of: "://"), let at = remote[scheme.upperBound...].prefix(while: { $0 != "/" }).lastIndex(of: "@")
    else {
      return Self.shown(remote)
    }
    return Self.shown(String(remote[..<scheme.upperBound] + remote[remote.index(after: at)...]))
  }

  /// What steers a terminal is not passed on.
  private static func shown(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}
