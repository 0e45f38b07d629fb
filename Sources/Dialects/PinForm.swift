/// How a dialect's consumer takes a pin.
package enum PinForm: Hashable, Sendable {
  /// `nginx:1.25@sha256:…`
  case tagAndDigest
  /// `nginx@sha256:…`, the tag in a comment `# tag=1.25`.
  case digest
  /// `actions/checkout@<commit>`, the tag in a comment of that kind.
  case commit(TagComment.Kind)
}
