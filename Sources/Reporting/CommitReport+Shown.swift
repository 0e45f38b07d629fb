import Pinning

extension CommitReport {
  /// `committed 3f2c1a9b2d3e on main: Pin nginx to …`; nil where it has failed.
  var sentence: String? {
    let place = branch.map { "on \($0.visible)" } ?? "on a detached HEAD"
    return switch outcome {
    case .nothing: "nothing to commit"
    case .planned: "would commit \(place): \(subject.visible)"
    case .made(let id): "committed \(id.prefix(12)) \(place): \(subject.visible)"
    case .failed: nil
    }
  }

  /// `pushed bot to origin`; nil where it has failed or was not tried.
  var pushSentence: String? {
    guard let push else { return nil }
    switch push.outcome {
    case .planned: return "would push \(push.branch.visible) to \(push.remote.visible)"
    case .pushed: return "pushed \(push.branch.visible) to \(push.remote.visible)"
    case .failed: return nil
    }
  }

  var pushProblem: String? { if case .failed(let problem) = push?.outcome { problem } else { nil } }

  var problem: String? { if case .failed(let problem) = outcome { problem } else { nil } }

  /// The whole commit as it would be, as 'git show' sets it.
  var preview: [String] {
    guard outcome == .planned else { return [] }
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return ["  author: \(author.visible)", ""] + lines.map { $0.isEmpty ? "" : "    \(String($0).visible)" }
  }

  /// A stable word for machines: `nothing`, `planned`, `made`, `failed`.
  var code: String {
    switch outcome {
    case .nothing: "nothing"
    case .planned: "planned"
    case .made: "made"
    case .failed: "failed"
    }
  }
}
