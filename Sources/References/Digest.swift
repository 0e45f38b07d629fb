/// A content digest, `algorithm:hex` (OCI image specification, descriptor.md "Digests"). sha256, sha384 and sha512 with lower-case
/// hexadecimal digits.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
  package enum Algorithm: String, Sendable, CaseIterable {
    case sha256, sha384, sha512

    /// Number of hexadecimal digits.
    package var hexDigitCount: Int {
      switch self {
      case .sha256: 64
      case .sha384: 96
      case .sha512: 128
      }
    }
  }

  package let algorithm: Algorithm
  package let hex: String

  /// nil unless it is a digest of a known algorithm, with all its digits, in lower case.
  package init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let algorithm = Algorithm(rawValue: String(decoding: parts[0], as: UTF8.self)) else { return nil }
    self.init(algorithm, hex: String(decoding: parts[1], as: UTF8.self))
  }

  package init?(_ algorithm: Algorithm, hex: String) {
    guard hex.utf8.count == algorithm.hexDigitCount, hex.utf8.allSatisfy(ASCII.isLowerHexDigit) else { return nil }
    self.algorithm = algorithm
    self.hex = hex
  }

  package var description: String { "\(algorithm.rawValue):\(hex)" }

  /// What a text would have to hold that is to be a digest, for messages: `sha512 and 128`; sha256 where it names no algorithm that is
  /// known.
  package static func form(of text: String) -> String {
    let algorithm = Algorithm(rawValue: String(text.prefix { $0 != ":" })) ?? .sha256
    return "\(algorithm.rawValue) and \(algorithm.hexDigitCount)"
  }

  /// `sha256:4c1f0a9b2d3e…`, for people; never for machines.
  package var abbreviated: String { "\(algorithm.rawValue):\(hex.prefix(12))…" }
}
