import Pinning
import Rules

/// What the program that verifies signatures says of an image whose tag moved.
struct MovedSignature: Sendable {
  /// Of what the tag names now.
  var new: SignatureCheck
  /// Of what is pinned; nil where it is gone.
  var old: SignatureCheck?

  var isVerified: Bool { new.outcome == .verified }

  /// The verdict that comes of it. A signature excuses a rebuild, and nothing that no rebuild explains.
  func weighed(_ verdict: Verdict) -> Verdict {
    var result = verdict
    result.isByTrustedRule = !isVerified
    switch new.outcome {
    case .verified:
      if verdict.rule == .rebuilt { result.severity = .note }
      result.evidence += ["a signature of \(new.signer) was verified (\(new.program))"] + ofPinned(refused: "the pinned digest has none")
    case .refused(let why):
      result.rule = .mutant
      result.severity = .error
      let words = "what the tag names now is not signed by \(new.signer), as \(new.rule) asks: \(new.program): \(why)"
      result.evidence =
        [words] + ofPinned(verified: "the pinned digest is", refused: "neither is the pinned digest: look whether that entry is right")
        + verdict.evidence
    case .unknown(let why):
      let words = "whether what the tag names now is signed by \(new.signer), as \(new.rule) asks, could not be found out: \(why)"
      result.evidence.insert(words, at: 0)
      if verdict.severity < .error {
        result.rule = .unverified
        result.severity = .error
      }
    }
    return result
  }

  private func ofPinned(verified: String? = nil, refused: String) -> [String] {
    switch old?.outcome {
    case nil: []
    case .verified: [verified].compactMap(\.self)
    case .refused(let why): ["\(refused) (\(why))"]
    case .unknown(let why): ["whether the pinned digest has one could not be found out: \(why)"]
    }
  }
}
