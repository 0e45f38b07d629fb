import Dialects
import Pinning
import References
import Rules

/// Finds another tag for pins in danger. It asks as `verify` does.
package struct OtherTags: OtherTagFinding {
  private let images: ImageVerifier

  package init(asking: any ContentAsking, _ options: VerifyOptions) { images = ImageVerifier(asking: asking, options: options) }

  package func replacementTag(for pin: ImageReference) async throws(SiteFailure) -> Tag? {
    // Elsewhere a pin whose tag moved off it is in no danger, so nobody is asked.
    guard let digest = pin.digest, UntaggedExpiry.reason(pin.name.registry) != nil else { return nil }
    let verdict = await images.verdict(on: pin, digest)
    let evidence = verdict.evidence.joined(separator: "; ")
    switch verdict.rule {
    case .endangered: throw .unresolved("\(evidence): 'update' moves on, or copy the image", isAbsence: false)
    case .gone: throw .unresolved("\(evidence): 'update' moves on", isAbsence: false)
    case .unverified: throw .unresolved(evidence, isAbsence: false)
    default: return verdict.otherTag
    }
  }
}
