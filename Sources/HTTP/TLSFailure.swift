import NIOSSL

/// What an error of the TLS library says.
enum TLSFailure {
  /// The other side closed the connection, during or after the handshake.
  case closed
  /// The chain of certificates does not lead to one that is trusted, or is out of date: the library does not say which.
  case untrusted
  case plainHTTP
  /// It wants a certificate of who asks, and accepted none.
  case wantsClientCertificate
  case other(String)

  /// nil for errors of anything else.
  init?(_ error: any Error) {
    switch error {
    case is NIOSSLExtraError: self = .other("the handshake failed")
    case NIOSSLError.uncleanShutdown: self = .closed
    case NIOSSLError.handshakeFailed(let error): self.init(handshake: error)
    case let error as BoringSSLError: self.init(handshake: error)
    case is NIOSSLError: self = .other("the handshake failed")
    default: return nil
    }
  }

  private init(handshake error: BoringSSLError) {
    switch error {
    case .sslError(let stack) where stack.contains(.eofDuringHandshake): self = .closed
    case .zeroReturn, .syscallError: self = .closed
    case .sslError(let stack), .unknownError(let stack): self = stack.lazy.compactMap(Self.reason).first ?? .other("the handshake failed")
    default: self = .other("the handshake failed")
    }
  }

  /// By the numbers of BoringSSL's ssl.h, `SSL_R_…`; an alert is 1000 more than its number in RFC 8446 section 6.
  private static func reason(_ error: BoringSSLInternalError) -> TLSFailure? {
    switch reasonCode(error) {
    // CERTIFICATE_VERIFY_FAILED
    case 125: .untrusted
    // WRONG_VERSION_NUMBER, HTTP_REQUEST, HTTPS_PROXY_REQUEST, UNKNOWN_PROTOCOL
    case 247, 156, 155, 233: .plainHTTP
    case 240, 1070: .other("it speaks no version of TLS that is safe to use: 1.2 or later is needed")
    case 184, 1040: .other("it offers no parameters that both sides support")
    case 1112: .other("it does not know itself by that name")
    case 1042, 1043, 1044, 1045, 1046, 1048, 1049, 1051, 1116: .wantsClientCertificate
    default: nil
    }
  }

  /// The library's number is nowhere but in its text: `Error: 268435581 error:1000007d:…`; the reason is the lower 12 bits.
  private static func reasonCode(_ error: BoringSSLInternalError) -> UInt32? {
    let words = error.description.split(separator: " ")
    guard words.count > 1, let code = UInt32(words[1]), code >> 24 == 16 else { return nil }
    return code & 0xFFF
  }
}
