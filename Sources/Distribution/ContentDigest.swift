import Crypto
import References

extension References.Digest {
  /// The digest of these bytes.
  package init(of bytes: [UInt8], _ algorithm: Algorithm = .sha256) {
    let hex =
      switch algorithm {
      case .sha256: Self.hex(of: bytes, SHA256.self)
      case .sha384: Self.hex(of: bytes, SHA384.self)
      case .sha512: Self.hex(of: bytes, SHA512.self)
      }
    // The function's own result has as many digits as the algorithm says.
    self = References.Digest(algorithm, hex: hex)!
  }

  private static func hex<Function: HashFunction>(of bytes: [UInt8], _: Function.Type) -> String {
    var function = Function()
    bytes.withUnsafeBytes { function.update(bufferPointer: $0) }
    let digits = Array("0123456789abcdef".utf8)
    var hex: [UInt8] = []
    for byte in function.finalize() { hex += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: hex, as: UTF8.self)
  }
}
