extension Rule {
  /// What `verify` says of a pin.
  package static let verdicts: [Rule] = [
    .current, .drift, .republished, .rebuilt, .reReleased, .unexplained, .mutant, .knownBad, .gone, .endangered, .platformPin, .untagged,
    .tagGone, .mismatch, .unreachable, .renamed, .archived, .unverified,
  ]

  /// Why no policy may say what that state of a pin weighs; nil where one may.
  package var reasonForFixedWeight: String? {
    switch self {
    case .current: "it is what is wanted"
    case .knownBad: "what is on the list of a trusted configuration is an error"
    case .unverified: "what could not be found out fails the run"
    default: nil
    }
  }
}
